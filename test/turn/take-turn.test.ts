import { Dialog } from 'botbuilder-dialogs';
import { dialogs } from '../../dialogs';
import type { TurnInput } from '../../src/model/turn';
import { AftercareError } from '../../src/tools/errors';
import { makeLog } from '../../src/tools/log';
import { makePatientTurns } from '../../src/turn/patient-turns';
import type { Understand } from '../../src/turn/turn-parts';
import { takeTurn } from '../../src/turn/take-turn';
import type { TestHouse, TestHouseOptions } from '../house';
import { openTestHouse } from '../house';

class BrokenDialog extends Dialog {
  override beginDialog(): Promise<never> {
    return Promise.reject(new Error('the dialog broke over "my cheek oozes"'));
  }
}

describe('one turn', () => {
  let house: TestHouse | undefined;
  afterEach(() => house?.close());
  const open = async (options: TestHouseOptions = {}): Promise<TestHouse> => (house = await openTestHouse(options));
  const stored = async ({ store }: TestHouse): Promise<string[]> =>
    (await store.read('conversation', 0)).messages.map((message) => message.direction);

  describe('is one transaction', () => {
    it('stores the message, its replies and its escalation together', async () => {
      const { patient, store, escalations } = await open({ treated: '30 hours ago' });
      const { replies } = await patient.says('there is yellow pus coming out');
      expect((await store.read('conversation', 0)).lastSeq).toBe(1 + replies.length);
      expect(await escalations()).toHaveLength(1);
    });

    it('stores nothing and answers nothing when the commit fails', async () => {
      const opened = await open({ treated: '30 hours ago' });
      const store = {
        ...opened.parts.store,
        commit: () => Promise.reject(new AftercareError('STORAGE_UNAVAILABLE', 'Storing a turn failed.')),
      };
      await expect(takeTurn({ ...opened.parts, store }, opened.message('there is yellow pus coming out'))).rejects.toThrow(
        'Storing a turn',
      );
      expect(await stored(opened)).toEqual([]);
      expect(await opened.escalations()).toEqual([]);
    });

    it('takes the same message twice as one', async () => {
      const opened = await open({ treated: '30 hours ago' });
      const first = await opened.patient.says('there is yellow pus coming out', 'same');
      const second = await opened.patient.says('there is yellow pus coming out', 'same');
      expect([first.accepted, second.accepted, second.replies]).toEqual([true, false, []]);
      expect(await stored(opened)).toEqual(['in', ...first.replies.map(() => 'out')]);
      expect(await opened.escalations()).toHaveLength(1);
    });

    it('takes the same message twice at once as one', async () => {
      const opened = await open({ treated: '30 hours ago' });
      const input = opened.message('can i wear makeup');
      const results = await Promise.all([takeTurn(opened.parts, input), takeTurn(opened.parts, input)]);
      expect(results.filter(({ accepted }) => accepted)).toHaveLength(1);
      expect(await stored(opened)).toEqual(['in', 'out']);
    });

    it.each([
      [
        'one after the other, as the web channel does',
        (house: TestHouse) =>
          makePatientTurns({ ...{ partsOf: () => house.parts, wake: () => undefined }, spool: null, onSpooled: () => undefined }),
      ],
      [
        'without waiting, as two servers would',
        (house: TestHouse) => ({ take: (input: TurnInput) => takeTurn(house.parts, { ...input, isStart: false }) }),
      ],
    ])('answers two messages at once, and loses none: %s', async (_how, turnsOf) => {
      const opened = await open({ treated: '30 hours ago' });
      const turns = turnsOf(opened);
      const texts = ['can i wear makeup', 'there is yellow pus coming out', 'is peeling normal'];
      const inputs = texts.map((text) => ({ ...opened.message(text), channel: 'web' as const, echo: null }));
      const results = await Promise.all(inputs.map((input) => turns.take(input)));
      expect(results.map(({ accepted }) => accepted)).toEqual([true, true, true]);
      const { messages } = await opened.store.read('conversation', 0);
      expect(messages.flatMap((message) => (message.direction === 'in' ? [message.text] : [])).sort()).toEqual([...texts].sort());
      expect(messages.filter(({ direction }, index) => direction === 'in' && messages[index + 1]?.direction !== 'out')).toEqual([]);
    });

    it('computes the turn anew when the conversation changed meanwhile', async () => {
      const opened = await open({ treated: '30 hours ago' });
      let between: (() => Promise<unknown>) | undefined = () => opened.patient.says('there is yellow pus coming out');
      const store = {
        ...opened.parts.store,
        load: async (id: string) => {
          const found = await opened.parts.store.load(id);
          const interrupt = between;
          between = undefined;
          await interrupt?.();
          return found;
        },
      };
      const { replies } = await takeTurn({ ...opened.parts, store }, opened.message('can i wear makeup'));
      expect(replies[0]?.text).toMatch(/still open/);
    });

    it('gives up after five conflicts instead of trying for ever', async () => {
      const opened = await open();
      let tries = 0;
      const commit = (): Promise<boolean> => {
        tries += 1;
        return Promise.reject(new AftercareError('TURN_CONFLICT', 'Storing a turn failed: the conversation changed meanwhile.'));
      };
      await expect(takeTurn({ ...opened.parts, store: { ...opened.parts.store, commit } }, opened.message('hi'))).rejects.toThrow(
        'changed',
      );
      expect(tries).toBe(5);
    });
  });

  describe('that fails', () => {
    const fail: Record<string, TestHouseOptions> = {
      'in understanding': {
        understand: () => () => {
          throw new Error('cannot read "my cheek oozes"');
        },
      },
      'in triage': {
        understand: (real: Understand) => (text, context) => ({
          ...real(text, context),
          get signs(): never {
            throw new TypeError('bad signs in "my cheek oozes"');
          },
        }),
      },
      'in a dialog': { parts: { dialogs: dialogs.map(({ id }) => new BrokenDialog(id)) } },
      'for want of a dialog': { parts: { dialogs: [] } },
    };

    it.each(Object.keys(fail))('%s is answered as urgent and stored for a human', async (where) => {
      const { patient, bot, escalations } = await open(fail[where]);
      await patient.says('my cheek oozes');
      bot.replied(/\(555\) 010-0199[^]*911/);
      expect(bot.outcome).toMatchObject({ disposition: 'urgent', intent: 'failure' });
      expect(await escalations()).toMatchObject([{ tier: 'urgent', reason: 'failure', status: 'open' }]);
    });

    it.each(Object.keys(fail))('%s logs no word of the patient', async (where) => {
      const lines: string[] = [];
      const log = makeLog('debug', { write: (line: string) => void lines.push(line) });
      const { patient } = await open({ ...fail[where], parts: { ...fail[where]?.parts, log } });
      await patient.says('my cheek oozes');
      expect(lines).toHaveLength(1);
      expect(lines.join('')).not.toMatch(/cheek|oozes/);
      expect(lines.join('')).toMatch(/a turn failed/);
    });

    it('keeps what the conversation knew', async () => {
      let isBroken = false;
      const { patient, bot, parts } = await open({
        treated: '30 hours ago',
        understand: (real) => (text, context) => {
          if (isBroken) throw new Error('broken');
          return real(text, context);
        },
      });
      await patient.says('hello');
      isBroken = true;
      await patient.says('can i wear makeup');
      const state = (await parts.store.load('conversation'))?.state;
      expect(state?.treatedAt).not.toBeNull();
      isBroken = false;
      await patient.says('can i wear makeup');
      bot.replied(/still open/);
    });
  });

  describe('with danger in it', () => {
    it('speaks of the danger alone, also in a mixed message and to someone new', async () => {
      const { patient, bot } = await open({ treated: '30 hours ago', greeted: false });
      await patient.says('can i wear makeup tonight, and should i worry that yellow pus is coming out');
      expect(bot.texts).toHaveLength(1);
      bot.replied(/^Please talk to our on-call team now/);
      bot.didNotSay(/24 hours|clean tools|guide/);
      expect(bot.outcome.disposition).toBe('urgent');
    });

    it('is read in the middle of a dialog', async () => {
      const { patient, bot } = await open();
      await patient.says('can i wear makeup');
      bot.replied(/When did your treatment end/);
      await patient.says('yesterday, and my throat feels tight and i cant breathe');
      bot.replied(/^Call 911 now/);
      expect(bot.outcome.disposition).toBe('emergency');
    });

    it.each(['is peeling normal', 'can i wear makeup', 'thanks', 'can i swim', 'Ask the clinic', 'my treatment was yesterday at 3pm'])(
      'gives no tip and no comfort afterwards, until a human has resolved it: "%s"',
      async (text) => {
        const { patient, bot, clock } = await open({ treated: '30 hours ago' });
        await patient.says('there is yellow pus coming out');
        clock.pass('2 days');
        await patient.says(text);
        bot.replied(/still open[^]*\(555\) 010-0199/);
        bot.didNotSay(/normal|expected|guide|welcome|Yes/);
        expect(bot.outcome.disposition).toBe('urgent');
      },
    );

    it('wakes a nurse once for the same sign, and again for a new one', async () => {
      const { patient, clock, escalations } = await open({ treated: '30 hours ago' });
      await patient.says('there is yellow pus coming out');
      await patient.says('there is still yellow pus coming out');
      expect(await escalations()).toHaveLength(1);
      clock.pass('1 min');
      await patient.says('lips are swelling up and throat feels tight');
      expect((await escalations()).map(({ tier }) => tier)).toEqual(['urgent', 'emergency']);
    });

    it('names the escalation that the message itself raised or repeated', async () => {
      const { patient, clock, escalations, store } = await open({ treated: '30 hours ago' });
      await patient.says('there is yellow pus coming out');
      clock.pass('1 min');
      await patient.says('now i have a fever of 102');
      await patient.says('there is still yellow pus coming out');
      const [pus] = await escalations();
      const last = (await store.read('conversation', 0)).messages.at(-1);
      expect(last).toMatchObject({ direction: 'out', escalation: { id: pus?.id, status: 'open' } });
    });
  });

  describe('and the treatment time', () => {
    it('is asked for once, remembered, and answers the question that waited', async () => {
      const { patient, bot } = await open({ now: '2026-03-09T10:00' });
      await patient.says('can i wear makeup');
      bot.replied(/When did your treatment end/);
      await patient.says('yesterday at 3 pm');
      bot.replied(/today at 3 pm/);
      expect(bot.outcome).toMatchObject({ verdicts: { makeup: 'not_yet' }, hoursSinceTreatment: { min: 19, max: 19 } });
      await patient.says('when can i go to the gym');
      bot.replied(/tomorrow \(Tue\) at 3 pm/);
      bot.didNotSay(/When did your treatment end/);
    });

    it('is not asked for a second time when the patient does not give it', async () => {
      const { patient, bot } = await open();
      await patient.says('can i wear makeup');
      await patient.says('can i go to the gym');
      bot.replied(/48 hours/);
      bot.didNotSay(/When did your treatment end/);
    });

    it('that is still to come is not kept, also when there is danger in the message', async () => {
      const tomorrow = (now: number): { from: number; to: number } => ({ from: now + 86_400_000, to: now + 86_400_000 });
      const { patient, bot, parts } = await open({
        treated: '30 hours ago',
        understand: (real) => (text, context) => {
          const read = real(text, context);
          return text.includes('tomorrow') ? { ...read, questions: [], times: { ...read.times, treatment: tomorrow(context.now) } } : read;
        },
      });
      const before = (await patient.says('hi'), await parts.store.load('conversation'));
      await patient.says('my next one is tomorrow');
      bot.replied(/still to come/);
      await patient.says('my next one is tomorrow and yellow pus is coming out');
      expect((await parts.store.load('conversation'))?.state.treatedAt).toEqual(before?.state.treatedAt);
    });
  });

  describe('offering the clinic', () => {
    it.each(['Ask the clinic', 'yes', '1'])('sends the question when the patient says "%s"', async (answer) => {
      const { patient, bot, escalations } = await open({ treated: '30 hours ago' });
      await patient.says('can i swim');
      expect(bot.buttons).toEqual(['Ask the clinic']);
      await patient.says(answer);
      bot.replied(/I sent your question/);
      expect(bot.outcome.disposition).toBe('ask_clinic');
      expect(await escalations()).toMatchObject([{ tier: 'ask_clinic', reason: 'question:swimming' }]);
    });

    it('keeps a second question apart from the first, and the same one together', async () => {
      const { patient, clock, escalations } = await open({ treated: '30 hours ago' });
      for (const question of ['can i swim', 'can i drink wine', 'can i swim']) {
        await patient.says(question);
        await patient.says('Ask the clinic');
        clock.pass('1 min');
      }
      expect((await escalations()).map(({ reason }) => reason)).toEqual(['question:swimming', 'question:drinking_alcohol']);
    });

    it('keeps its button beside the question for the treatment time, under the last message', async () => {
      const { patient, bot, escalations } = await open();
      const { replies } = await patient.says('can i go to the gym? and can i drink wine');
      expect(bot.buttons).toEqual(expect.arrayContaining(['Ask the clinic', 'Yesterday']));
      expect(replies.slice(0, -1).flatMap(({ actions }) => actions)).toEqual([]);
      await patient.says('Ask the clinic');
      expect(await escalations()).toHaveLength(1);
    });

    it('takes yes to its own question about danger as the sign it asked for', async () => {
      const { patient, bot, escalations } = await open({ treated: '30 hours ago' });
      await patient.says('my skin is a bit itchy');
      bot.replied(/hives, blisters or swelling/);
      const { outcome } = await patient.says('yes');
      expect(outcome?.disposition).toBe('urgent');
      expect((await escalations()).map(({ flags }) => flags)).toContainEqual(['U08']);
    });

    it('says a line once, however many questions it fits', async () => {
      const { patient, bot } = await open({ treated: '30 hours ago' });
      await patient.says('can i go to the gym at 9pm n can i drink wine at 9pm');
      expect(bot.replied(/about 41 hours/).match(/about 41 hours/g)).toHaveLength(1);
    });
  });

  describe('at the start', () => {
    it('welcomes once: at the opening of the chat, not again with the first message', async () => {
      const { patient, bot } = await open({ greeted: false });
      await patient.opensChat();
      bot.replied(/automated aftercare helper[^]*Ask me/);
      await patient.says('is redness normal');
      bot.didNotSay(/automated/);
    });

    it('takes a second opening as the first', async () => {
      const { patient } = await open({ greeted: false });
      await patient.opensChat();
      expect(await patient.opensChat()).toMatchObject({ accepted: false, replies: [] });
    });

    it('welcomes with the first message where a chat has no opening, and after danger at the next calm message', async () => {
      const { patient, bot } = await open({ greeted: false });
      await patient.says('is redness normal');
      bot.replied(/automated aftercare helper/);
      await patient.says('is peeling normal');
      bot.didNotSay(/automated/);
    });
  });
});
