import type { Flag, Knowledge } from '../model/knowledge';
import type { Assessment } from '../model/assessment';
import type { Understanding } from '../model/understanding';
import { DISPOSITIONS } from '../model/words';

/** Assesses one message as the turn would; hours are null (unknown) or an exact hour since the treatment. */
export type AssessText = (text: string, hours: number | null) => { assessment: Assessment; understanding: Understanding };

/** Hour at which calm questions are tried: signs of the first days are expected, permissions are not open yet. */
const CALM_HOUR = 30;

/**
 * Tries every utterance of knowledge/ against the red flags: `says` must reach their tier, `saysNot` and everyday questions must page
 * nobody by a rule. Prints one line for each fault and a summary; `only` limits the list to some flags. Returns the number of faults.
 */
export function checkFlags(
  knowledge: Knowledge,
  assessText: AssessText,
  options: { only: readonly string[]; print: (line: string) => void },
): number {
  const { print } = options;
  const isShown = (flag: string): boolean => options.only.length === 0 || options.only.includes(flag);
  let missed = 0;
  let said = 0;
  for (const flag of knowledge.flags.values()) {
    if (flag.tier === 'self_care') continue;
    for (const text of flag.words.says) {
      said++;
      const { assessment } = assessText(text, null);
      if (level(assessment.disposition) >= level(flag.tier)) continue;
      missed++;
      if (isShown(flag.id)) print(`MISSED ${flag.id} (${assessment.disposition}): ${text}`);
    }
  }
  let paged = 0;
  const calm = calmUtterances(knowledge);
  for (const { source, text } of calm) {
    const { assessment, understanding } = assessText(text, CALM_HOUR);
    const pages = assessment.flags.filter((flag) => flag.by === 'rules' && level(flag.tier) >= level('urgent'));
    if (pages.length === 0) continue;
    paged++;
    for (const { flag } of pages) {
      if (flag === null || !isShown(flag)) continue;
      const signs = understanding.signs.filter((sign) => sign.flag === flag && sign.assertion === 'present').map((sign) => sign.sign);
      print(`PAGES ${flag} [${signs.join(', ')}] on ${source}: ${text}`);
    }
  }
  print(`${said} danger messages, ${missed} under their tier; ${calm.length} calm messages, ${paged} page somebody by a rule`);
  return missed + paged;
}

function calmUtterances(knowledge: Knowledge): { source: string; text: string }[] {
  const ofFlag = (flag: Flag): { source: string; text: string }[] =>
    flag.words.saysNot.map((text) => ({ source: `saysNot of ${flag.id}`, text }));
  return [
    ...[...knowledge.topics.values()].flatMap((topic) =>
      Object.values(topic.words.asks)
        .flat()
        .map((text) => ({ source: topic.id, text })),
    ),
    ...knowledge.language.asides.map((text) => ({ source: 'asides', text })),
    ...[...knowledge.intents.values()].flatMap((intent) => intent.examples.map((text) => ({ source: `intent ${intent.id}`, text }))),
    // what is not self-care may well be a danger
    ...[...knowledge.flags.values()].filter((flag) => flag.tier !== 'self_care').flatMap(ofFlag),
  ];
}

function level(disposition: Assessment['disposition']): number {
  return DISPOSITIONS.indexOf(disposition);
}
