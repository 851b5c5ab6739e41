import fc from 'fast-check';

import { readInboundActivity } from '../../../src/channels/web/inbound-activity';
import { Refusal } from '../../../src/channels/web/refusal';

const claims = { conv: 'c', user: 'dl_x', first: 0, started: true };
const read = (body: unknown): ReturnType<typeof readInboundActivity> => readInboundActivity(body, { claims, at: 0, files: 0 });

describe('any activity', () => {
  const anything = fc.anything({ withNullPrototype: true, maxDepth: 3 });
  const almost = fc.record(
    {
      type: fc.constantFrom('message', 'event', 'typing'),
      text: fc.oneof(fc.string({ unit: 'binary', maxLength: 40 }), anything),
      value: fc.jsonValue(),
      channelData: fc.oneof(fc.dictionary(fc.string(), fc.jsonValue()), anything),
      attachments: fc.oneof(fc.array(fc.jsonValue()), anything),
      id: fc.oneof(fc.string(), anything),
      from: fc.jsonValue(),
    },
    { requiredKeys: ['type'] },
  );

  it('is either read or refused with a clear reason', () => {
    fc.assert(
      fc.property(fc.oneof(anything, almost), (body) => {
        try {
          const inbound = read(body);
          if (inbound.kind === 'turn') expect(inbound.input.text).not.toMatch(/(?![\t\n\r])\p{Cc}|\p{Surrogate}/u);
        } catch (error) {
          expect(error).toBeInstanceOf(Refusal);
          expect((error as Refusal).status).toBe(400);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it('belongs to the token, whatever the client claims', () => {
    const inbound = read({
      type: 'message',
      text: 'hi',
      from: { id: 'mallory', role: 'bot' },
      conversation: { id: 'other' },
      timestamp: '1999',
      replyToId: 'x',
      suggestedActions: {},
    });
    expect(inbound).toMatchObject({ kind: 'turn', input: { conversationId: 'c', patientId: 'dl_x' } });
    expect(inbound.kind === 'turn' && inbound.input.echo).toEqual({
      type: 'message',
      id: expect.stringMatching(/^wm_/),
      timestamp: '1970-01-01T00:00:00.000Z',
      channelId: 'directline',
      conversation: { id: 'c' },
      from: { id: 'dl_x', role: 'user' },
      text: 'hi',
      textFormat: 'plain',
    });
  });
});
