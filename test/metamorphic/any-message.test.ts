import fc from 'fast-check';
import { DISPOSITIONS } from '../../src/model/words';
import { openTestHouse, testMinds } from '../house';
import { anyMessage } from './any-message';

const CONVERSATIONS = 50;

describe('whatever a patient sends', () => {
  it('is answered with words and a disposition, also later in a conversation', async () => {
    const message = anyMessage(testMinds().knowledge);
    let failures = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(message, { minLength: 1, maxLength: 4 }), async (texts) => {
        const log = { ...testMinds().log, error: () => (failures += 1) };
        const house = await openTestHouse({ treated: '30 hours ago', parts: { log } });
        try {
          for (const text of texts) {
            const { accepted, replies, outcome } = await house.patient.says(text);
            expect([accepted, failures]).toEqual([true, 0]);
            expect(
              replies
                .map((reply) => reply.text)
                .join('')
                .trim(),
            ).not.toBe('');
            expect(DISPOSITIONS).toContain(outcome?.disposition);
          }
        } finally {
          await house.close();
        }
      }),
      { numRuns: CONVERSATIONS, seed: 20_260_309 },
    );
  }, 120_000);
});
