import type { Knowledge, SafetyQuestion, Topic, TopicWindow } from '../model/knowledge';

/** Built-in signs that the engine reads from numbers or from the whole message. */
export const BUILT_IN_SIGNS = ['@fever', '@high_fever', '@low_temperature', '@pain_7', '@worse', '@high_risk'] as const;

/** Patients' words a topic and a red flag must bring at least, so that the classifier has something to learn from. */
export const LEAST_UTTERANCES = { topic: 40, flag: 60 } as const;

/**
 * What is wrong with a knowledge base whose files each have the right shape: references that lead nowhere, hours nobody covers,
 * quotes that are not in the guide, texts that are missing. Returns one line for each fault, empty when all is well.
 */
export function findFaults(knowledge: Knowledge): string[] {
  return [
    ...[...knowledge.topics.values()].flatMap((topic) => topicFaults(knowledge, topic)),
    ...flagFaults(knowledge),
    ...factFaults(knowledge),
    ...shortFormFaults(knowledge),
    ...classFaults(knowledge),
    ...suspicionFaults(knowledge),
  ];
}

/** Questions on a suspicion that could not be acted on when nobody replies, and how long they wait. */
function suspicionFaults({ topics, flags, modifiers }: Knowledge): string[] {
  const minutes = modifiers.get('M13')?.params?.['waitMinutes'];
  const hasWait = typeof minutes === 'number' && minutes > 0;
  const faults = hasWait ? [] : [`red-flags/modifiers.yaml: M13: params: expected waitMinutes above 0, got ${String(minutes)}`];
  const look = (at: string, safety: SafetyQuestion | undefined, isKnown: (suspected: 'told' | string[]) => boolean): void => {
    if (safety?.suspected === undefined) return;
    const tier = flags.get(safety.flag ?? '')?.tier;
    if (tier !== 'urgent' && tier !== 'emergency')
      faults.push(`${at}: safety: expected an urgent or emergency flag beside suspected, got ${safety.flag ?? 'none'}`);
    if (!isKnown(safety.suspected)) faults.push(`${at}: safety: suspected: expected "told" for a topic, signs of its en.yaml for a flag`);
  };
  for (const { id, safety } of topics.values()) look(`microneedling/topics/${id}/topic.yaml`, safety, (suspected) => suspected === 'told');
  for (const { folder, safety, words } of flags.values())
    look(`red-flags/${folder}/flag.yaml`, safety, (suspected) => suspected !== 'told' && suspected.every((sign) => sign in words.signs));
  return faults;
}

function topicFaults(knowledge: Knowledge, topic: Topic): string[] {
  const at = `microneedling/topics/${topic.id}`;
  const faults: string[] = [];
  const standings = [
    topic.unknownTime,
    ...Object.values(topic.byIntent ?? {}),
    ...(topic.variants ?? []).map((variant) => variant.unknownTime),
  ];
  const windowSets = [topic.windows, ...(topic.variants ?? []).map((variant) => variant.windows)];
  for (const entry of [...standings, ...windowSets.flat()]) {
    if (!(entry.say in topic.words.answers))
      faults.push(`${at}/en.yaml: answers: expected a text for "${entry.say}", which topic.yaml says`);
    for (const fact of entry.facts) if (!knownFact(knowledge, fact)) faults.push(`${at}/topic.yaml: facts: ${fact} is not a guide fact`);
  }
  for (const windows of windowSets) faults.push(...windowFaults(windows).map((fault) => `${at}/topic.yaml: windows: ${fault}`));
  for (const intent of [...Object.keys(topic.byIntent ?? {}), ...Object.keys(topic.words.asks)])
    if (!knowledge.intents.has(intent)) faults.push(`${at}: "${intent}" is not an intent of knowledge/intents`);
  for (const variant of topic.variants ?? [])
    if (!(variant.id in (topic.words.variants ?? {}))) faults.push(`${at}/en.yaml: variants: expected cues for "${variant.id}"`);
  for (const related of topic.related ?? [])
    if (!knowledge.topics.has(related)) faults.push(`${at}/topic.yaml: related: "${related}" is not a topic`);
  const guide = squeeze(knowledge.guideText);
  for (const statement of topic.statements) {
    if (!knownFact(knowledge, statement.fact)) faults.push(`${at}/topic.yaml: statements: ${statement.fact} is not a guide fact`);
    if (!guide.includes(squeeze(statement.quote)))
      faults.push(`${at}/topic.yaml: statements: the quote of ${statement.fact} is not in guide.txt`);
    if (statement.contradiction && !knowledge.contradictions.some((entry) => entry.id === statement.contradiction))
      faults.push(`${at}/topic.yaml: statements: ${statement.contradiction} is not in contradictions.yaml`);
  }
  const asks = Object.values(topic.words.asks).flat().length;
  if (asks < LEAST_UTTERANCES.topic)
    faults.push(`${at}/en.yaml: asks: expected at least ${LEAST_UTTERANCES.topic} utterances, got ${asks}`);
  return faults;
}

/** Hours that no unconditional window covers, and placeholders that cannot be filled. */
function windowFaults(windows: readonly TopicWindow[]): string[] {
  const faults: string[] = [];
  let covered = 0;
  for (const window of windows.filter((entry) => !entry.if)) {
    if (window.from !== covered) faults.push(`expected a window from hour ${covered}, got one from ${window.from}`);
    if (window.until !== undefined && window.until <= window.from) faults.push(`expected until after ${window.from}, got ${window.until}`);
    covered = window.until ?? Infinity;
  }
  if (covered !== Infinity) faults.push(`nothing covers the hours from ${covered} on`);
  return faults;
}

function flagFaults(knowledge: Knowledge): string[] {
  const faults: string[] = [];
  for (const flag of knowledge.flags.values()) {
    const at = `red-flags/${flag.folder}`;
    for (const rule of flag.rules) {
      for (const sign of [...rule.all, ...(rule.unless ?? [])]) {
        const known = sign.startsWith('@') ? (BUILT_IN_SIGNS as readonly string[]).includes(sign) : sign in flag.words.signs;
        if (!known) faults.push(`${at}/flag.yaml: rules: "${sign}" is neither a sign of en.yaml nor built in`);
      }
    }
    for (const sign of flag.causes)
      if (!(sign in flag.words.signs)) faults.push(`${at}/flag.yaml: causes: "${sign}" is no sign of en.yaml`);
    for (const topic of flag.topics) if (!knowledge.topics.has(topic)) faults.push(`${at}/flag.yaml: topics: "${topic}" is not a topic`);
    if (flag.words.says.length < LEAST_UTTERANCES.flag)
      faults.push(`${at}/en.yaml: says: expected at least ${LEAST_UTTERANCES.flag} utterances, got ${flag.words.says.length}`);
    const begins = flag.tier === 'emergency' && flag.id !== 'E09' && flag.id !== 'E10' && !flag.words.told.startsWith('Call 911');
    if (begins) faults.push(`${at}/en.yaml: told: expected it to begin with "Call 911"`);
  }
  return faults;
}

/** Every guide fact is used by an entry or listed as deliberately not said. */
function factFaults(knowledge: Knowledge): string[] {
  const used = usedFacts(knowledge);
  const notSaid = new Set(knowledge.treatment.notSaid.map((entry) => entry.fact));
  const faults: string[] = [];
  for (const fact of knowledge.treatment.facts) {
    if (!knowledge.treatment.sections.includes(fact.section))
      faults.push(`microneedling/treatment.yaml: facts: section of ${fact.id} is not in sections`);
    if (!used.has(fact.id) && !notSaid.has(fact.id))
      faults.push(`microneedling/treatment.yaml: ${fact.id} is neither a statement of a topic nor in notSaid with its reason`);
    if (used.has(fact.id) && notSaid.has(fact.id)) faults.push(`microneedling/treatment.yaml: notSaid: ${fact.id} is said by a topic`);
  }
  return faults;
}

/** Short forms for SMS that nobody would say, and sections without one. */
function shortFormFaults({ treatment, language }: Knowledge): string[] {
  return [
    ...treatment.sections
      .filter((section) => !(section in treatment.shortSections))
      .map((section) => `microneedling/treatment.yaml: shortSections: expected a short name of "${section}"`),
    ...Object.keys(language.smsPhrases)
      .filter((name) => !(name in language.phrases))
      .map((name) => `language/en.yaml: smsPhrases: "${name}" is none of phrases`),
  ];
}

/** The guide facts that a topic rests on. */
export function usedFacts(knowledge: Knowledge): Set<string> {
  return new Set([...knowledge.topics.values()].flatMap((topic) => topic.statements.map((statement) => statement.fact)));
}

/** `{class}` references that lead nowhere. */
function classFaults(knowledge: Knowledge): string[] {
  const faults: string[] = [];
  const look = (at: string, cues: readonly string[]): void => {
    for (const cue of cues)
      for (const [, name = ''] of cue.matchAll(/\{(\w+)\}/g))
        if (!(name in knowledge.language.classes)) faults.push(`${at}: "{${name}}" is not a word class of language/en.yaml`);
  };
  for (const topic of knowledge.topics.values()) {
    look(`microneedling/topics/${topic.id}/en.yaml: mentions`, topic.words.mentions);
    look(`microneedling/topics/${topic.id}/en.yaml: variants`, Object.values(topic.words.variants ?? {}).flat());
  }
  for (const flag of knowledge.flags.values()) look(`red-flags/${flag.folder}/en.yaml: signs`, Object.values(flag.words.signs).flat());
  return faults;
}

function knownFact(knowledge: Knowledge, fact: string): boolean {
  return knowledge.treatment.facts.some((entry) => entry.id === fact);
}

function squeeze(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
