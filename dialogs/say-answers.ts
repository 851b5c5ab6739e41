import { DateTime } from 'luxon';
import { nameSection, sectionsOf, wordAnswer } from '../src/guide/word-answer';
import { sayTime } from '../src/guide/clinic-clock';
import type { JudgedQuestion } from '../src/turn/judge';
import type { Scene } from '../src/turn/scene';
import { suspectTold } from '../src/turn/wait-for-reply';

/** How answers of one dialog are rounded off. */
export interface AnswerStyle {
  /** Ends with the line that says when to come back: for everything about a sign. */
  readonly worsening: boolean;
  /** Offers to ask the clinic: for everything the guide does not cover. */
  readonly offersClinic: boolean;
}

const MAX_SECTIONS = 2;

/** Says the answers to some questions in one message: the answer first, then the source, then the line that its kind calls for. */
export async function sayAnswers(scene: Scene, questions: readonly JudgedQuestion[], style: AnswerStyle): Promise<void> {
  if (questions.length === 0) return;
  const noReason = sayNoReason(scene, questions);
  if (noReason) return offerToAsk(scene, [noReason]);
  const wording = { clinic: scene.clinic, now: scene.input.at, treatedAt: scene.state.treatedAt };
  const several = scene.judgement.judged.length > 1;
  const lines = distinctTexts(
    questions.map(({ question, standing }) => {
      const isYes = question.intent === 'is_normal' && standing.verdict === 'expected' && ASKS_IF_NORMAL.test(scene.input.text);
      const text = `${isYes ? `${scene.phrase('yes')} ` : ''}${wordAnswer(scene.knowledge, standing, wording)}`;
      const topic = scene.knowledge.topics.get(standing.topic);
      return several && topic ? { label: topic.title, text } : { label: null, text };
    }),
  );
  const at = sayAskedTime(scene);
  if (at && isFirst(scene, at)) lines.unshift(at);
  const sections = sectionsOf(
    scene.knowledge,
    questions.flatMap(({ standing }) => standing.facts),
  ).slice(0, MAX_SECTIONS);
  const names = sections.map((section) => nameSection(scene.knowledge, section, { isShort: scene.input.channel === 'sms' }));
  if (names.length > 0) lines.push(scene.phrase('source', { section: [...new Set(names)].join('; ') }));
  const isWatch = questions.some(({ standing }) => standing.verdict === 'watch' && standing.disposition === 'ask_clinic');
  if (isWatch) {
    scene.escalate('ask_clinic', [], `watch:${questions.map(({ standing }) => standing.topic).join(',')}`);
    lines.push(scene.phrase('clinicShouldSee'));
  } else if (style.worsening && isFirst(scene, 'worsening')) lines.push(scene.phrase('worsening'));
  scene.state.safetyQuestion =
    questions.map(({ standing }) => scene.knowledge.topics.get(standing.topic)?.safety).find((safety) => safety) ??
    scene.state.safetyQuestion;
  for (const question of questions) suspectTold(scene, question);
  if (!style.offersClinic || isWatch) return scene.say(lines.join('\n'));
  const offer = scene.phrase('offerClinic');
  if (isFirst(scene, offer)) lines.push(offer);
  return offerToAsk(scene, lines);
}

/** Says lines with the button that puts the question to the clinic. */
function offerToAsk(scene: Scene, lines: readonly string[]): Promise<void> {
  const title = scene.phrase('askClinicAction');
  scene.state.awaiting = 'ask_clinic';
  return scene.say(lines.join('\n'), [{ kind: 'say', title, value: title }]);
}

/** "why?" after an answer to which the guide gives no reason, or once more after its reason; null where there is one to tell. */
function sayNoReason(scene: Scene, questions: readonly JudgedQuestion[]): string | null {
  if (!questions.every(({ question }) => question.source === 'carried' && question.intent === 'why')) return null;
  const hasReason = ({ standing }: JudgedQuestion): boolean =>
    scene.knowledge.topics.get(standing.topic)?.byIntent?.['why']?.say === standing.say;
  if (!questions.some(hasReason)) return scene.phrase('whyNothing');
  const toldBefore = scene.state.lastQuestions.filter((question) => question.intent === 'why').map((question) => question.topic);
  return questions.every(({ standing }) => toldBefore.includes(standing.topic)) ? scene.phrase('whyNoMore') : null;
}

/** "is this normal", "thats ok right": a question that "Yes." answers; "is it bad" is not. */
const ASKS_IF_NORMAL =
  /\b(normal|ok(ay)?|fine|expected|supposed|usual|typical|part of it|right)\b(?!.*\b(bad|wrong|worr|problem|concern|serious))/i;

/** Lines that the dialogs of one turn have said already. */
const saidLines = new WeakMap<Scene, Set<string>>();

/** Whether a line that several dialogs of a turn would say comes up for the first time. */
function isFirst(scene: Scene, line: string): boolean {
  const said = saidLines.get(scene) ?? new Set();
  saidLines.set(scene, said);
  const known = said.has(line);
  said.add(line);
  return !known;
}

/** "Sat at 6 am is about 39 hours after your treatment.", when the question was about another moment. */
function sayAskedTime(scene: Scene): string | null {
  const asked = scene.understanding.times.asked;
  const { treatedAt } = scene.state;
  if (!asked || !treatedAt || asked.to - asked.from > 3_600_000) return null;
  const hours = Math.floor((asked.from - treatedAt.to) / 3_600_000);
  if (hours <= 0 || hours > 400 || DateTime.fromMillis(asked.from).toMillis() - scene.input.at < 3_600_000) return null;
  const isOneTime = asked.to - asked.from <= 1_800_000;
  const time = sayTime(isOneTime ? (asked.from + asked.to) / 2 : asked.from, scene.input.at, scene.clinic.zone);
  return scene.phrase('atThatTime', { asked: time[0]!.toUpperCase() + time.slice(1), hours: String(hours) });
}

/** One line for each text; topics that say the same share it ("Gym, sauna: ..."). */
function distinctTexts(answers: readonly { label: string | null; text: string }[]): string[] {
  const labels = new Map<string, string[]>();
  for (const { label, text } of answers) labels.set(text, [...(labels.get(text) ?? []), ...(label === null ? [] : [label])]);
  return [...labels].map(([text, names]) => (names.length > 0 ? `${names.join(', ')}: ${text}` : text));
}
