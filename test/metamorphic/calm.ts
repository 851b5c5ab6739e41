import type { Assessment } from '../../src/model/assessment';
import type { Random } from '../../src/understand/classifier/seeded-random';
import { createRandom, pick } from '../../src/understand/classifier/seeded-random';
import * as words from './calm-words';

/** A calm message that paged somebody, and what did it. */
export interface FalsePage {
  readonly text: string;
  readonly flags: readonly string[];
}

/** What a run over calm messages found. */
export interface CalmFindings {
  readonly tried: number;
  readonly pages: readonly FalsePage[];
}

/** Triage of one message, so many hours after the treatment; null when the treatment time is not known. */
export type Assess = (text: string, hours: number | null) => Assessment;

const HOURS = [3, 8, 20];

/** Composes `count` calm messages at random and collects those that page. */
export function measureCalm(assess: Assess, { seed, count }: { seed: number; count: number }): CalmFindings {
  const random = createRandom(seed);
  const pages: FalsePage[] = [];
  for (let index = 0; index < count; index++) {
    const text = compose(random);
    const flags = pagingFlags(assess(text, pick(HOURS, random)));
    if (flags.length > 0) pages.push({ text, flags });
  }
  return { tried: count, pages };
}

/** What pages somebody in an assessment. */
export function pagingFlags({ flags }: Assessment): string[] {
  return flags.filter(({ tier }) => tier === 'urgent' || tier === 'emergency').map(({ flag, tier }) => `${flag ?? 'statistics'} ${tier}`);
}

/** A greeting, life, a sign as expected, denials and a question, most of them there or not. */
function compose(random: Random): string {
  const chance = (share: number): boolean => random() < share;
  const aside = (): string => pick(pick([words.IDIOMS, words.OTHERS, words.ELSEWHERE, words.LIFE], random), random);
  const statements = [
    ...(chance(0.4) ? [pick(words.OPENERS, random)] : []),
    ...(chance(0.65) ? [aside()] : []),
    ...(chance(0.55) ? [pick(words.TELLINGS, random).replace('{}', pick(words.EXPECTED, random))] : []),
    ...(chance(0.35) ? [pick(words.DENIALS, random)] : []),
    ...(chance(0.2) ? [pick(words.DENIALS, random)] : []),
    ...(chance(0.15) ? [aside()] : []),
    pick(words.QUESTIONS, random),
  ];
  const text = statements.reduce((all, statement) => all + pick(words.JOINTS, random) + statement);
  return `${text}${pick(['', '', '?', '??'], random)} ${pick(words.ENDS, random)}`.trim();
}
