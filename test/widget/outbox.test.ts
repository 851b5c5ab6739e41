import type { Keep } from '../../src/widget/chat/keep';
import type { Delivery } from '../../src/widget/chat/delivery';
import { Outbox } from '../../src/widget/chat/outbox';

const settle = async (): Promise<void> => {
  for (let turn = 0; turn < 20; turn++) await Promise.resolve();
};

/** An outbox whose network, clock and patience the test holds. */
function makeOutbox(kept: Map<string, unknown> = new Map(), now = (): number => 0) {
  const keep: Keep = {
    get: (name) => kept.get(name) ?? null,
    set: (name, value) => void kept.set(name, structuredClone(value)),
    remove: (name) => void kept.delete(name),
  };
  const answers: Delivery[] = [];
  const sent: string[] = [];
  const states: string[] = [];
  const outbox = new Outbox({
    keep,
    now,
    wait: () => new Promise(() => undefined),
    deliver: async ({ text }) => {
      sent.push(text);
      return answers.shift() ?? { kind: 'sent' };
    },
    onChange: ({ text, state }) => states.push(`${text} ${state}`),
  });
  return { outbox, answers, sent, states, kept };
}

const lost: Delivery = { kind: 'lost', waitMs: 0 };

describe('the outbox', () => {
  it('sends one message after the other, in order', async () => {
    const { outbox, sent, states } = makeOutbox();
    outbox.add({ text: 'one', clientId: '1' });
    outbox.add({ text: 'two', clientId: '2' });
    await settle();
    expect(sent).toEqual(['one', 'two']);
    expect(states.at(-1)).toBe('two sent');
    expect(outbox.isEmpty).toBe(true);
  });

  it('waits without a network, and sends all of it in order when it is back', async () => {
    const { outbox, answers, sent, states } = makeOutbox();
    answers.push(lost);
    outbox.add({ text: 'one', clientId: '1' });
    outbox.add({ text: 'two', clientId: '2' });
    await settle();
    expect(states).toContain('one waiting');
    expect(states).toContain('two waiting');
    expect(sent).toEqual(['one']);
    outbox.flush();
    await settle();
    expect(sent).toEqual(['one', 'one', 'two']);
  });

  it('keeps what was not sent over a reload', async () => {
    const { outbox, answers, kept } = makeOutbox();
    answers.push(lost);
    outbox.add({ text: 'one', clientId: '1' });
    await settle();
    const again = makeOutbox(kept);
    expect(again.states).toEqual(['one waiting']);
    again.outbox.flush();
    await settle();
    expect(again.sent).toEqual(['one']);
    expect(kept.get('outbox')).toEqual([]);
  });

  it('does not send by itself what was written long ago, only when asked', async () => {
    const { outbox, answers, kept } = makeOutbox();
    answers.push(lost);
    outbox.add({ text: 'may i tomorrow', clientId: '1' });
    await settle();
    const again = makeOutbox(kept, () => 11 * 60_000);
    again.outbox.flush();
    await settle();
    expect(again.states).toEqual(['may i tomorrow failed']);
    expect(again.sent).toEqual([]);
    again.outbox.retry('1');
    await settle();
    expect(again.sent).toEqual(['may i tomorrow']);
  });

  it('shows a refusal with its reason, and goes on with the next', async () => {
    const { outbox, answers, states, sent } = makeOutbox();
    answers.push({ kind: 'refused', reason: 'too long' });
    outbox.add({ text: 'one', clientId: '1' });
    outbox.add({ text: 'two', clientId: '2' });
    await settle();
    expect(states).toContain('one refused');
    expect(sent).toEqual(['one', 'two']);
  });

  it('takes the echo of a message for its receipt, when the answer was lost', async () => {
    const { outbox, answers, sent } = makeOutbox();
    answers.push(lost);
    outbox.add({ text: 'one', clientId: '1' });
    await settle();
    outbox.settle('1');
    outbox.flush();
    await settle();
    expect(sent).toEqual(['one']);
    expect(outbox.isEmpty).toBe(true);
  });
});
