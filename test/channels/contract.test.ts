import type { Outcome } from '../../src/model/turn';
import type { Line, LineName, LinePatient, Shown } from './lines';
import { LINES, openLines } from './lines';
import type { WholeHouse } from './whole-house';
import { openWholeHouse } from './whole-house';

let house: WholeHouse;
let lines: Readonly<Record<LineName, Line>>;
let count = 0;
const PATIENTS = 1_000;
beforeAll(async () => {
  house = await openWholeHouse({ now: '2026-03-10T14:00' });
  lines = openLines(house);
}, 300_000);
afterAll(() => house.close());

const fresh = (line: LineName): Promise<LinePatient> => lines[line](`${line}${(count += 1)}`);
const all = ({ texts }: Shown): string => texts.join('\n');
/** What the last answer amounts to, as stored. */
async function outcomeOf(patient: LinePatient): Promise<Outcome> {
  const { messages } = await house.house.store.read(await patient.conversationId(), 0);
  const last = messages.findLast(({ direction }) => direction === 'out');
  if (last?.direction !== 'out') throw new Error('Look at outcome: expected an answer.');
  return last.outcome;
}
/** The escalations of a conversation. */
const raisedBy = async (patient: LinePatient): Promise<{ tier: string; flags: readonly string[] }[]> => {
  const own = await patient.conversationId();
  return (await house.escalations()).filter(({ conversationId }) => conversationId === own).map(({ tier, flags }) => ({ tier, flags }));
};
/** Clock times, numbers and telephone numbers: what a short form must not lose or change. */
const figuresIn = (text: string): Set<string> => new Set(text.match(/\d+(?::\d\d)?(?: ?[ap]m)?/gi) ?? []);

describe.each(LINES)('the %s channel', (line) => {
  it('says once that it is automated, and how to reach a person, on the first turn', async () => {
    const patient = await fresh(line);
    const first = `${all(await patient.opens())}\n${all(await patient.says('can i wear makeup'))}`;
    expect(first.match(/automated/gi)).toHaveLength(1);
    expect(first).toMatch(/person/i);
    expect(first).toMatch(/\(555\) 010-0199|555-010-0199/);
    expect(`${all(await patient.opens())}\n${all(await patient.says('is redness normal'))}`).not.toMatch(/automated/i);
  });

  it('offers choices as it can, and takes the chosen one', async () => {
    const patient = await fresh(line);
    const asked = await patient.says('the thing with the stuff still doing it');
    expect(asked.choices.length).toBeGreaterThan(1);
    if (line === 'sms') expect(all(asked)).toMatch(/Reply 1 = .*2 = /s);
    else expect(all(asked)).not.toMatch(/Reply 1/);
    await patient.chooses(1);
    expect((await outcomeOf(patient)).intent).not.toBe('failure');
    const chosen = (await house.house.store.read(await patient.conversationId(), 0)).messages.findLast(
      ({ direction }) => direction === 'in',
    );
    expect(chosen).toMatchObject({ text: expect.stringMatching(/[a-z]{3}/i) });
  });

  it('tells an emergency to call 911 first and asks nothing', async () => {
    const patient = await fresh(line);
    await patient.opens();
    const text = all(await patient.says('my lips are swelling up and my throat feels tight'));
    expect(text).toMatch(/^[^.]*911/);
    expect(text).not.toMatch(/automated|what time did/i);
    expect(await raisedBy(patient)).toMatchObject([{ tier: 'emergency' }]);
  });

  it('tells an urgent sign whom to call, and that staff know', async () => {
    const patient = await fresh(line);
    const text = all(await patient.says('there is yellow pus coming out of my cheek'));
    expect(text).toMatch(/\(?555\)?[ -]?010-0199/);
    expect(text).toMatch(/911/);
    expect(await raisedBy(patient)).toMatchObject([{ tier: 'urgent' }]);
  });

  it.each([
    '<script>alert(1)</script> is redness normal',
    '**bold** [click](https://evil.example) is redness normal',
    '<at>everyone</at> is redness normal',
    '{{phone}} {zone} ${process.exit(1)} is redness normal',
  ])('shows none of the markup that is written to it: %s', async (text) => {
    const patient = await fresh(line);
    const shown = await patient.says(text);
    expect(shown.texts.length).toBeGreaterThan(0);
    expect(all(shown)).not.toMatch(/<script|evil\.example|\*\*|<at>|\$\{|\{\{|alert\(/);
    expect(shown.isPlain).toBe(true);
  });

  it('shows what staff write as it stands, with the name of who wrote it', async () => {
    const patient = await fresh(line);
    await patient.says('is redness normal');
    await house.house.paging.desk.reply(
      await patient.conversationId(),
      { by: 'ana', via: 'console' },
      'It is *fine* <b>today</b>',
      `r-${line}`,
    );
    await house.settle();
    const shown = await patient.sees();
    expect(shown.isPlain).toBe(true);
    if (line === 'sms') expect(all(shown)).toMatch(/fine/);
    else expect(all(shown)).toContain('It is *fine* <b>today</b>');
    const { messages } = await house.house.store.read(await patient.conversationId(), 0);
    expect(messages.at(-1)).toMatchObject({ author: { kind: 'staff', name: 'Ana' } });
  });
});

describe('all channels', () => {
  it.each([
    'can i wear makeup, i was treated yesterday at 3pm',
    'is redness normal, i was treated yesterday at 3pm',
    'can i go to the gym tomorrow? i had it done this morning at 9',
    'how long does peeling last',
    'can i drink wine tonight',
    'what is the weather like',
    'how would i know if it got infected',
    'there is yellow pus coming out of my cheek',
    'my lips are swelling up and my throat feels tight',
    'i dont want to be here anymore',
  ])('answer the same to: %s', async (text) => {
    const answers = await Promise.all(
      LINES.map(async (line) => {
        const patient = await fresh(line);
        await patient.opens();
        const shown = await patient.says(text);
        const { citations, topics, verdict, verdicts, disposition, intent } = await outcomeOf(patient);
        return { shown, outcome: { citations, topics, verdict, verdicts, disposition, intent }, raised: await raisedBy(patient) };
      }),
    );
    const [web, sms, teams] = answers;
    expect(sms!.outcome).toEqual(web!.outcome);
    expect(teams!.outcome).toEqual(web!.outcome);
    expect(sms!.raised).toEqual(web!.raised);
    expect(teams!.raised).toEqual(web!.raised);
    expect(teams!.shown.texts.map((said) => said.split('\n\nCall ')[0])).toEqual(web!.shown.texts);
    const call = web!.outcome.disposition === 'emergency' || web!.outcome.disposition === 'urgent';
    if (call) for (const { shown } of answers) expect(all(shown)).toMatch(/911|988/);
    const known = figuresIn(all(web!.shown));
    const short = sms!.shown.texts.filter((said) => !/automated/.test(said)).join('\n');
    const changed = [...figuresIn(short.replace(/Reply 1 = .*$/s, ''))].filter((figure) => !known.has(figure));
    expect(changed.filter((figure) => !['555', '010', '0199'].includes(figure))).toEqual([]);
  });

  // a browser's conversation ends with its tokens, after a day
  it.each(['sms', 'teams'] as const)(
    'go on over weeks: what was told by %s is known, and nobody is welcomed anew',
    async (line) => {
      const patient = await fresh(line);
      await patient.says('i was treated today at 9 am, can i wear makeup');
      for (const { id } of await house.escalations()) await house.house.paging.desk.resolve(id, { by: 'ana', via: 'console' }, 'handled');
      await house.pass(10 * 24 * 60);
      await patient.sees();
      expect(all(await patient.says('can i wear makeup'))).not.toMatch(/automated|what time|when (was|did)/i);
      expect(await outcomeOf(patient)).toMatchObject({ topics: ['makeup'], verdict: 'allowed' });
    },
    120_000,
  );

  it('keep 1,000 interleaved patients apart', async () => {
    const patients = await Promise.all(
      Array.from({ length: PATIENTS }, async (_patient, index) => ({ index, of: await fresh(LINES[index % LINES.length]!) })),
    );
    const shown = new Map<number, string>();
    const look = async (): Promise<void> => {
      await house.hear();
      for (const { index, of } of patients) shown.set(index, `${shown.get(index) ?? ''}\n${all(await of.sees())}`);
    };
    await Promise.all(patients.map(({ of }) => of.sends('is redness normal')));
    await look();
    const ids = await Promise.all(patients.map(({ of }) => of.conversationId()));
    await Promise.all(
      ids.map((id, index) =>
        house.house.paging.desk.reply(id, { by: 'ana', via: 'console' }, `only for number ${index} zq`, `apart-${index}`),
      ),
    );
    await Promise.all(patients.filter(({ index }) => index % 9 < LINES.length).map(({ of }) => of.sends('thank you')));
    await look();
    for (const { index } of patients) {
      expect(shown.get(index)!.match(/only for number \d+ zq/g)).toEqual([`only for number ${index} zq`]);
      expect(shown.get(index)!.match(/automated/gi)).toHaveLength(1);
      expect(shown.get(index)).toMatch(/redness/i);
    }
    expect(new Set(ids).size).toBe(PATIENTS);
  }, 240_000);
});
