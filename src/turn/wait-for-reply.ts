import type { Knowledge, SafetyQuestion } from '../model/knowledge';
import type { UnansweredQuestion } from '../model/turn';
import { ASKING_KINDS } from '../model/understanding';
import { DISPOSITIONS } from '../model/words';
import type { JudgedQuestion } from './judge';
import type { Scene } from './scene';

const MINUTE = 60_000;

/** How long a safety question waits for a reply, in milliseconds: `waitMinutes` of the modifier M13. */
export function replyWaitMs({ modifiers }: Pick<Knowledge, 'modifiers'>): number {
  const minutes = modifiers.get('M13')?.params?.['waitMinutes'];
  if (typeof minutes !== 'number') throw new Error('Waiting for a reply failed: expected waitMinutes in the params of M13.');
  return minutes * MINUTE;
}

/** The level that no reply comes to, as the answer that means danger would: "is it growing?" "yes". */
export function tierWithoutReply(knowledge: Pick<Knowledge, 'flags'>, flag: string): 'urgent' | 'emergency' {
  return knowledge.flags.get(flag)?.tier === 'emergency' ? 'emergency' : 'urgent';
}

/**
 * Notes that the safety question of a topic stands on a suspicion: the patient tells of it ("my face is so itchy"), and has not denied the
 * danger in the same message ("no hives"). What is only asked about ("can it cause itching") is no suspicion.
 */
export function suspectTold(scene: Scene, { question, standing }: JudgedQuestion): void {
  const { knowledge, understanding, assessment } = scene;
  const safety = knowledge.topics.get(standing.topic)?.safety;
  if (safety?.flag === undefined || safety.suspected !== 'told') return;
  const isRaised = assessment.flags.some(({ flag }) => flag !== null && knowledge.flags.get(flag)?.topics.includes(standing.topic));
  const isTold = isRaised || !ASKING_KINDS.has(question.intent);
  const isDenied = understanding.signs.some(({ flag, assertion }) => flag === safety.flag && assertion === 'absent');
  if (isTold && !isDenied) scene.suspect(safety.flag);
}

/** The same for the question of a flag: one of the signs that make it a suspicion is said ("crying all day", not "I want a refund"). */
export function suspectSaid(scene: Scene, flagId: string, { flag, suspected }: SafetyQuestion): void {
  if (flag === undefined || !Array.isArray(suspected)) return;
  const isSaid = scene.understanding.signs.some(
    (seen) => seen.flag === flagId && suspected.includes(seen.sign) && seen.assertion === 'present',
  );
  if (isSaid) scene.suspect(flag);
}

/** The more serious of two suspicions that one turn asks about (M12). */
export function moreSerious(
  knowledge: Pick<Knowledge, 'flags'>,
  before: UnansweredQuestion | null,
  asked: UnansweredQuestion,
): UnansweredQuestion {
  const level = ({ flag }: UnansweredQuestion): number => DISPOSITIONS.indexOf(tierWithoutReply(knowledge, flag));
  return before !== null && level(before) >= level(asked) ? before : asked;
}
