import { usedFacts } from '../../src/guide/find-faults';
import { realKnowledge } from './real-knowledge';

const { treatment, contradictions, topics, guideText } = realKnowledge();
const FACTS = Array.from({ length: 92 }, (_, index) => `G${String(index + 1).padStart(3, '0')}`);
const QUESTIONS = Array.from({ length: 17 }, (_, index) => `Q${String(index + 1).padStart(2, '0')}`);

/** Points on which the guide has one side only and stays unclear: a missing end, two meanings of a word, who wrote it. */
const UNCLEAR = ['Q11', 'Q16', 'Q17'];

/** Contradictions that decide how everything is said or served, not what one topic says. */
const ABOUT_THE_WHOLE = ['Q15', 'Q17'];

const statements = [...topics.values()].flatMap((topic) => topic.statements.map((statement) => ({ topic: topic.id, ...statement })));
const standings = [...topics.values()].flatMap((topic) =>
  [
    ...topic.windows,
    topic.unknownTime,
    ...Object.values(topic.byIntent ?? {}),
    ...(topic.variants ?? []).flatMap((variant) => [...variant.windows, variant.unknownTime]),
  ].map((standing) => ({ topic, standing })),
);

describe('the facts of the guide', () => {
  test('the treatment lists G001 to G092, each once', () => {
    expect(treatment.facts.map((fact) => fact.id)).toEqual(FACTS);
  });

  test.each(FACTS)('%s is behind a topic or is left out with a reason', (fact) => {
    const reason = treatment.notSaid.find((entry) => entry.fact === fact)?.reason ?? '';
    expect(usedFacts(realKnowledge()).has(fact) || reason.length > 20).toBe(true);
  });

  test('a fact that is left out is behind no answer', () => {
    const leftOut = new Set(treatment.notSaid.map((entry) => entry.fact));
    expect(
      standings
        .filter(({ standing }) => standing.facts.some((fact) => leftOut.has(fact)))
        .map(({ topic, standing }) => `${topic.id}.${standing.say}`),
    ).toEqual([]);
  });

  test('every quote stands letter by letter in the guide', () => {
    expect(
      statements.filter((statement) => !guideText.includes(statement.quote)).map(({ topic, fact, quote }) => `${topic}: ${fact}: ${quote}`),
    ).toEqual([]);
  });

  test('every fact behind an answer is a statement of the same topic', () => {
    const missing = standings.flatMap(({ topic, standing }) =>
      standing.facts
        .filter((fact) => !topic.statements.some((statement) => statement.fact === fact))
        .map((fact) => `${topic.id}.${standing.say}: ${fact}`),
    );
    expect(missing).toEqual([]);
  });

  test('an answer that allows, forbids or expects something names the facts it rests on', () => {
    const bare = standings.filter(
      ({ standing }) => ['allowed', 'not_yet', 'avoid', 'expected'].includes(standing.verdict) && standing.facts.length === 0,
    );
    expect(bare.map(({ topic, standing }) => `${topic.id}.${standing.say}`)).toEqual([]);
  });
});

describe('the contradictions of the guide', () => {
  test('Q01 to Q17 are all there, each once', () => {
    expect(contradictions.map((entry) => entry.id)).toEqual(QUESTIONS);
  });

  test.each(QUESTIONS)('%s has its sides, a winner and a reason', (id) => {
    const entry = contradictions.find((each) => each.id === id);
    expect(entry?.sides.length).toBeGreaterThanOrEqual(UNCLEAR.includes(id) ? 1 : 2);
    expect(entry?.winner).toBeTruthy();
    expect(entry?.why).toBeTruthy();
  });

  test('each side rests on facts of the guide', () => {
    const facts = contradictions.flatMap((entry) => entry.sides.flatMap((side) => side.facts));
    expect(facts.filter((fact) => !FACTS.includes(fact))).toEqual([]);
    expect(contradictions.flatMap((entry) => entry.sides).filter((side) => side.facts.length === 0)).toEqual([]);
  });

  test.each(QUESTIONS.filter((id) => !ABOUT_THE_WHOLE.includes(id)))('a topic says the winning reading of %s', (id) => {
    expect(statements.some((statement) => statement.contradiction === id && statement.reading === 'wins')).toBe(true);
  });
});
