import type { EraseOutcome, PatientPages } from '../../../src/model/web-edge';

/** Pages of a house in memory; `erase` says how erasing ends. */
export function echoPages(erase: (conversationId: string) => EraseOutcome): PatientPages {
  return {
    words: ({ name, phone }) => ({
      footer: `Not for emergencies: call 911. ${name}: ${phone}`,
      unsentDanger: 'Your message was not sent. If this is an emergency, call 911 now. If you think of harming yourself, call 988.',
      photo: `I can't look at photos. Call ${phone}.`,
    }),
    dangerWords: () => ({
      version: 'test',
      parts: { throat: '(?: throat | tongue )' },
      patterns: [['<throat>', ' (?:tight|swell[a-z]*) ']],
    }),
    timeline: async (_conversationId, now) => ({
      treated: 'Your treatment: yesterday (Sun) at 3:10 pm.',
      note: 'These dates come from your aftercare guide; ask, if in doubt.',
      nowHours: 20,
      nowMark: 'Now',
      rows: [
        {
          topic: 'makeup',
          name: 'makeup',
          spans: [
            { from: 0, until: 24, kind: 'wait' },
            { from: 24, until: null, kind: 'open' },
          ],
          when: 'From today at 3:10 pm.',
          text: 'Not yet.',
          opens: { at: now + 4 * 3_600_000, text: 'makeup: now, as your guide says' },
        },
        {
          topic: 'retinoids',
          name: 'retinol',
          spans: [
            { from: 0, until: 168, kind: 'wait' },
            { from: 168, until: null, kind: 'ask' },
          ],
          when: 'Ask the clinic.',
          text: 'Not yet.',
          opens: null,
        },
      ],
    }),
    erase: async (conversationId) => erase(conversationId),
  };
}
