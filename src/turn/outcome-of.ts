import type { Outcome } from '../model/turn';
import type { Disposition } from '../model/words';
import { higherDisposition } from '../model/words';
import type { Judgement } from './judge';
import type { Step } from './plan-turn';
import { ASKS_BACK } from './plan-turn';
import type { Scene } from './scene';

/** What a turn amounts to, beside its words. */
export function outcomeOf(scene: Scene, plan: readonly Step[], wanted: Disposition): Outcome {
  const { understanding, open, hours } = scene;
  const judgement = reportedJudgement(scene, plan);
  const openTier = open.filter((escalation) => escalation.tier !== 'ask_clinic').at(-1)?.tier;
  const stillOpen = openTier && judgement.disposition !== 'emergency' && judgement.disposition !== 'urgent';
  return {
    topics: judgement.topics,
    verdict: stillOpen ? 'watch' : judgement.verdict,
    verdicts: judgement.verdicts,
    disposition: stillOpen ? openTier : higherDisposition(judgement.disposition, wanted),
    intent: understanding.act?.id ?? judgement.judged[0]?.question.intent ?? understanding.intent.id,
    confidence: round(confidenceOf(scene, judgement, plan), 100),
    hoursSinceTreatment: hours ? { min: round(hours.min, 100), max: round(hours.max, 100) } : null,
    citations: judgement.citations,
    knowledgeVersion: scene.knowledge.version,
  };
}

/** How sure it is that the turn is about what it answers; of a clarifying question, how sure the best guess was. */
function confidenceOf({ understanding }: Scene, judgement: Judgement, plan: readonly Step[]): number {
  const [first] = judgement.judged;
  if (first) return first.question.confidence;
  if (understanding.act) return understanding.act.confidence;
  return plan.some((step) => step.dialog === 'clarify') ? (understanding.guesses[0]?.probability ?? 0) : understanding.intent.confidence;
}

/** The judgement as it is reported: only of what was answered, and without the guide's verdicts where they do not hold for this patient. */
function reportedJudgement({ judgement }: Scene, plan: readonly Step[]): Judgement {
  const isAnswered = plan.some((step) => !ASKS_BACK.has(step.dialog) || step.questions.length > 0);
  if (!isAnswered && judgement.flags.length === 0)
    return { ...judgement, judged: [], disposition: 'none', topics: [], verdicts: {}, verdict: 'none', citations: [] };
  const isForClinic = plan.some((step) => step.dialog === 'minor' || step.dialog === 'other_treatment');
  if (!isForClinic || judgement.disposition === 'urgent' || judgement.disposition === 'emergency') return judgement;
  const verdicts = Object.fromEntries(judgement.topics.map((topic) => [topic, 'ask_clinic' as const]));
  return { ...judgement, verdicts, verdict: 'ask_clinic', disposition: 'ask_clinic', citations: [] };
}

function round(value: number, steps: number): number {
  return Math.round(value * steps) / steps;
}
