import type { Flag, Intent, Knowledge, Standing, Topic, TopicWindow } from '../model/knowledge';
import { sentencesOf } from './reading-grade';
import { findNonGsm7 } from './sms-text';
import { bannedFaults, gradeOf, longWordFaults, sentenceFaults } from './text-faults';
import { ALLOWED_GRADES, LONGEST, UNGRADED } from './wording-rules';

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
  at: '11:07 pm',
  until: '11:37 pm',
  name: 'Ana Ruiz',
  time: 'Thu at 3:10 pm',
};
const EVERYWHERE = ['clinic', 'phone', 'clinicOpens', 'now'];
const FILLED_IN: Readonly<Record<OutgoingText['kind'], readonly string[]>> = {
  answer: [...EVERYWHERE, 'opens'],
  told: EVERYWHERE,
  question: EVERYWHERE,
  phrase: [...EVERYWHERE, 'treatedAt', 'section', 'asked', 'hours', 'at', 'until', 'name', 'time'],
};

const SELF_HARM = 'E09';

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
    ...(['phrases', 'smsPhrases'] as const).flatMap((list) => textsOfPhrases(list, knowledge.language[list])),
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

function textsOfPhrases(list: string, phrases: Readonly<Record<string, string>>): OutgoingText[] {
  return Object.entries(phrases).map(([name, text]) => ({ file: 'language/en.yaml', field: `${list}.${name}`, kind: 'phrase', text }));
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
    ...bannedFaults(filled, { isFlag: outgoing.flag !== undefined }),
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
  const grade = gradeOf(filled);
  return grade <= (at in ALLOWED_GRADES ? most + 0.1 : most) ? [] : [`expected grade ${most} or easier, got ${grade}`];
}

function characterFaults({ kind }: OutgoingText, filled: string): string[] {
  const faults: string[] = [];
  const foreign = findNonGsm7(filled);
  if (foreign !== null) faults.push(`expected characters of a plain SMS, got "${foreign}"`);
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
