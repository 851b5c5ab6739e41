import type { Flag, Intent, Knowledge, Standing, Topic, TopicWindow } from '../model/knowledge';
import { countSyllables, readingGrade, sentencesOf, wordsOf } from './reading-grade';
import { ALLOWED_GRADES, ALLOWED_LONG_WORDS, BANNED, LONGEST, SPANISH, UNGRADED } from './wording-rules';

/** What a reader sees where a placeholder stands: about as long and as hard as the real value. */
const TYPICAL: Readonly<Record<string, string>> = {
  clinic: 'Glow Clinic',
  phone: '(555) 010-0199',
  clinicOpens: 'open tomorrow (Fri) at 9 am',
  now: '3:10 pm',
  opens: 'tomorrow (Fri) at 3:10 pm',
  treatedAt: 'yesterday (Wed) at 3:10 pm',
  section: 'Summary Checklist',
  asked: 'Tomorrow (Fri) at 3 pm',
  hours: '26',
};
const EVERYWHERE = ['clinic', 'phone', 'clinicOpens', 'now'];
const FILLED_IN: Readonly<Record<OutgoingText['kind'], readonly string[]>> = {
  answer: [...EVERYWHERE, 'opens'],
  told: EVERYWHERE,
  question: EVERYWHERE,
  phrase: [...EVERYWHERE, 'treatedAt', 'section', 'asked', 'hours'],
};

const MOST_WORDS = 20;
const MEAN_WORDS = 12;
const MOST_SYLLABLES = 3;
const SELF_HARM = 'E09';

/** Alphabet of a plain SMS (GSM 03.38): any other character more than halves how much fits into one. */
const GSM7 = /[^\n\r @£$¥èéùìòÇØøÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ!"#¤%&'()*+,\-./0-9:;<=>?¡A-ZÄÖÑÜ§¿a-zäöñüà^{}\\[~\]|€]/u;

/** Wordings that hold sunscreen back: "no sunscreen", "skip sunscreen and creams", "sunscreen can start ...". */
const HOLDS_SUNSCREEN =
  /\b(?:no|not|never|avoid|skip|without|leave off|hold off on)\b[^.;:,]{0,30}\b(?:sunscreen|SPF)\b|\bsunscreen (?:can )?(?:start|wait)s?\b/i;
const SAYS_SHADE = /\bout of (?:the |direct )?sun\b|\bshade\b/i;

interface OutgoingText {
  readonly file: string;
  readonly field: string;
  readonly kind: 'answer' | 'told' | 'question' | 'phrase';
  readonly text: string;
  /** The flag that says it. */
  readonly flag?: Flag;
}

/** Every text that can reach a patient and breaks a wording rule, as `file: field: fault`; empty when all is well. */
export function findWordingFaults(knowledge: Knowledge): string[] {
  const texts = [
    ...[...knowledge.topics.values()].flatMap(textsOfTopic),
    ...[...knowledge.flags.values()].flatMap(textsOfFlag),
    ...[...knowledge.intents.values()].flatMap(textsOfIntent),
    ...Object.entries(knowledge.language.phrases).map(([name, text]): OutgoingText => ({
      file: 'language/en.yaml',
      field: `phrases.${name}`,
      kind: 'phrase',
      text,
    })),
  ];
  return [...texts.flatMap(faultsOf), ...[...knowledge.topics.values()].flatMap(openingFaults)];
}

function textsOfTopic(topic: Topic): OutgoingText[] {
  const file = topicFile(topic);
  return Object.entries(topic.words.answers).map(([say, text]) => ({ file, field: `answers.${say}`, kind: 'answer', text }));
}

function textsOfFlag(flag: Flag): OutgoingText[] {
  const file = `red-flags/${flag.folder}/en.yaml`;
  return (['told', 'question'] as const).map((kind) => ({ file, field: kind, kind, text: flag.words[kind], flag }));
}

function textsOfIntent(intent: Intent): OutgoingText[] {
  const file = `intents/${intent.id}/en.yaml`;
  return Object.entries(intent.answers ?? {}).map(([name, text]) => ({ file, field: `answers.${name}`, kind: 'phrase', text }));
}

function topicFile(topic: Topic): string {
  return `microneedling/topics/${topic.id}/en.yaml`;
}

function faultsOf(outgoing: OutgoingText): string[] {
  const at = `${outgoing.file}: ${outgoing.field}`;
  const filled = fillTypical(outgoing.text);
  const faults = [
    ...gradeFaults(at, outgoing, filled),
    ...sentenceFaults(filled),
    ...longWordFaults(filled),
    ...bannedFaults(outgoing, filled),
    ...characterFaults(outgoing, filled),
    ...placeholderFaults(outgoing),
    ...flagFaults(outgoing),
  ];
  if (HOLDS_SUNSCREEN.test(filled) && !SAYS_SHADE.test(filled))
    faults.push('expected "stay out of the sun" or shade wherever sunscreen is held back');
  return faults.map((fault) => `${at}: ${fault}`);
}

/** A text as a patient reads it, with typical values where placeholders stand. */
function fillTypical(text: string): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => TYPICAL[name] ?? whole);
}

function gradeFaults(at: string, { kind, flag }: OutgoingText, filled: string): string[] {
  if (at in UNGRADED) return [];
  const most = kind === 'told' && (flag?.tier === 'emergency' || flag?.tier === 'urgent') ? 5 : 6;
  const english = sentencesOf(filled).filter((sentence) => !SPANISH.test(sentence));
  const grade = readingGrade(english.join(' '));
  return grade <= (at in ALLOWED_GRADES ? most + 0.1 : most) ? [] : [`expected grade ${most} or easier, got ${grade}`];
}

function sentenceFaults(filled: string): string[] {
  const counts = sentencesOf(filled).map((sentence) => ({ sentence, words: wordsOf(sentence).length }));
  const mean = counts.reduce((sum, entry) => sum + entry.words, 0) / Math.max(1, counts.length);
  const faults = counts
    .filter((entry) => entry.words > MOST_WORDS)
    .map((entry) => `expected sentences of at most ${MOST_WORDS} words, got ${entry.words} in "${entry.sentence}"`);
  if (mean > MEAN_WORDS) faults.push(`expected ${MEAN_WORDS} words a sentence or fewer on average, got ${mean.toFixed(1)}`);
  return faults;
}

function longWordFaults(filled: string): string[] {
  const parts = sentencesOf(filled)
    .filter((sentence) => !SPANISH.test(sentence))
    .flatMap(wordsOf)
    .flatMap((word) => word.toLowerCase().split('-'));
  const tooLong = new Set(
    parts.filter((word) => countSyllables(word) > MOST_SYLLABLES && !(word.replace(/'s$/, '') in ALLOWED_LONG_WORDS)),
  );
  return [...tooLong].map((word) => `expected words of at most ${MOST_SYLLABLES} syllables, got "${word}"`);
}

function bannedFaults({ flag }: OutgoingText, filled: string): string[] {
  return BANNED.filter((banned) => !banned.only || flag).flatMap((banned) => {
    const found = banned.pattern.exec(filled);
    return found ? [`"${found[0]}" ${banned.why}`] : [];
  });
}

function characterFaults({ kind }: OutgoingText, filled: string): string[] {
  const faults: string[] = [];
  const foreign = GSM7.exec(filled);
  if (foreign) faults.push(`expected characters of a plain SMS, got "${foreign[0]}"`);
  if (filled.includes('!')) faults.push('expected no exclamation mark');
  if (filled.length > LONGEST[kind]) faults.push(`expected at most ${LONGEST[kind]} characters, got ${filled.length}`);
  return faults;
}

function placeholderFaults({ kind, text }: OutgoingText): string[] {
  return [...text.matchAll(/\{(.*?)\}/g)]
    .filter(([, name]) => !FILLED_IN[kind].includes(name ?? ''))
    .map(([whole]) => `nothing fills ${whole} here; expected one of ${FILLED_IN[kind].join(', ')}`);
}

function flagFaults({ kind, text, flag }: OutgoingText): string[] {
  if (kind !== 'told' || flag?.tier !== 'emergency') return [];
  const isCrisis = flag.id === SELF_HARM;
  const most = isCrisis ? 8 : 5;
  const sentences = sentencesOf(fillTypical(text)).length;
  const faults = sentences > most ? [`expected at most ${most} sentences, got ${sentences}`] : [];
  if (isCrisis && !(text.includes('988') && text.includes('911'))) faults.push('expected the crisis line 988 and 911');
  if (!isCrisis && !text.startsWith('Call 911')) faults.push('expected it to begin with "Call 911"');
  return faults;
}

/** Texts with {opens} that are said where no allowed window follows, so that nothing could fill it. */
function openingFaults(topic: Topic): string[] {
  const windowSets = [topic.windows, ...(topic.variants ?? []).map((variant) => variant.windows)];
  const timeless: Standing[] = [
    topic.unknownTime,
    ...Object.values(topic.byIntent ?? {}),
    ...(topic.variants ?? []).map((variant) => variant.unknownTime),
  ];
  const closed = [...timeless, ...windowSets.flatMap((windows) => windows.filter((window) => !opensLater(window, windows)))];
  const wrong = new Set(closed.map((standing) => standing.say).filter((say) => topic.words.answers[say]?.includes('{opens}')));
  return [...wrong].map(
    (say) => `${topicFile(topic)}: answers.${say}: {opens} stands where no allowed window follows or the hour does not count`,
  );
}

/** At every hour of the window an allowed one still lies ahead; the latest hour decides. */
function opensLater(window: TopicWindow, windows: readonly TopicWindow[]): boolean {
  const { until } = window;
  return (
    window.verdict !== 'allowed' &&
    until !== undefined &&
    windows.some((other) => !other.if && other.verdict === 'allowed' && other.from >= until)
  );
}
