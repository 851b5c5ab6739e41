import type { Knowledge } from '../../src/model/knowledge';
import type { Random } from '../../src/understand/classifier/seeded-random';
import { createRandom, pick } from '../../src/understand/classifier/seeded-random';
import type { Assess, CalmFindings, FalsePage } from './calm';
import { pagingFlags } from './calm';
import { EXPECTED, FRAMES } from './plain-words';

/** Topics that are no signs by their kind, but whose asks often tell of one. */
const OF_SIGNS = new Set([
  ...['safety_risks', 'infection_risk', 'scarring_risk', 'bruising', 'itching'],
  ...['pinpoint_bleeding', 'cold_sore', 'acne_breakout'],
]);

const JOINTS = [', ', '. ', ' ', ' - ', '\n', ' and ', '... '];
/** Joints that no question mark or full stop stands before. */
const WITHOUT_MARK = new Set([' ', ' and ']);
const HOURS = [null, 5, 20, 30, 50, 80, 120, 200];
const HOURS_ALONE = [null, 20];

/** Glues plain questions to a statement, an aside or each other at random, `count` times, and collects those that page. */
export function measurePlain(knowledge: Knowledge, assess: Assess, { seed, count }: { seed: number; count: number }): CalmFindings {
  const random = createRandom(seed);
  const questions = readQuestions(knowledge);
  const { asides } = knowledge.language;
  const isPlain = makeIsPlain(assess);
  const pages: FalsePage[] = [];
  for (let tried = 0; tried < count;) {
    const parts = choose(questions, asides, random);
    const text = glue(parts, random);
    const flags = pagingFlags(assess(text, pick(HOURS, random)));
    // what the parts do alone matters, and is heard, only for a message that pages
    if (flags.length > 0 && !isPlain(parts)) continue;
    tried++;
    if (flags.length > 0) pages.push({ text, flags });
  }
  return { tried: count, pages };
}

/** The authored messages of all topics that are no signs. */
function readQuestions(knowledge: Knowledge): string[] {
  return [...knowledge.topics.values()]
    .filter((topic) => topic.kind !== 'sign' && !OF_SIGNS.has(topic.id))
    .flatMap((topic) => Object.values(topic.words.asks).flat());
}

/** One question beside something else, in either order. */
function choose(questions: readonly string[], asides: readonly string[], random: Random): string[] {
  const question = pick(questions, random);
  const statement = random() < EXPECTED.length / (EXPECTED.length + FRAMES.length) ? pick(EXPECTED, random) : pick(FRAMES, random);
  const aside = pick(asides, random);
  return pick(
    [
      [statement, question],
      [question, statement],
      [aside, question],
      [question, pick(questions, random)],
      [statement, question, aside],
    ],
    random,
  );
}

/**
 * Whether no part pages by itself. Beside a sign, however mild, no part may open any flag either: pregnant and pink is for a person to
 * judge, and pages by design.
 */
function makeIsPlain(assess: Assess): (parts: readonly string[]) => boolean {
  const known = new Map<string, { isQuiet: boolean; isFree: boolean }>();
  const look = (text: string): { isQuiet: boolean; isFree: boolean } => {
    const found = known.get(text);
    if (found) return found;
    const heard = HOURS_ALONE.map((hours) => assess(text, hours));
    const isQuiet = heard.every((assessment) => pagingFlags(assessment).length === 0);
    const isFree = heard.every(({ flags }) => flags.every(({ tier }) => tier === 'self_care'));
    const looked = { isQuiet, isFree };
    known.set(text, looked);
    return looked;
  };
  return (parts) => {
    const isOfSkin = parts.some((part) => EXPECTED.includes(part));
    return parts.every((part) => look(part).isQuiet && (!isOfSkin || EXPECTED.includes(part) || look(part).isFree));
  };
}

function glue(parts: readonly string[], random: Random): string {
  const joint = pick(JOINTS, random);
  return parts
    .map((part) => (WITHOUT_MARK.has(joint) ? part.replace(/[.?!]+$/, '') : part))
    .join(joint)
    .toLowerCase();
}
