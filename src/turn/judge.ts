import { findStanding, type TopicStanding } from '../guide/find-standing';
import { sectionsOf } from '../guide/word-answer';
import type { Assessment, FlagRaised } from '../model/assessment';
import type { Knowledge } from '../model/knowledge';
import type { Citation } from '../model/turn';
import type { Question, Understanding } from '../model/understanding';
import type { Disposition, HoursInterval, TimeSpan, Verdict } from '../model/words';
import { DISPOSITIONS, higherDisposition, moreCautious } from '../model/words';

const HOUR = 3_600_000;

/** A question with what the guide says to it at the asked moment. */
export interface JudgedQuestion {
  readonly question: Question;
  readonly standing: TopicStanding;
}

/** The judgement of a whole message: what it is about and what has to happen, before anything is worded. */
export interface Judgement {
  readonly judged: readonly JudgedQuestion[];
  /** Flags for the clinic or above, the most serious first. */
  readonly flags: readonly FlagRaised[];
  readonly disposition: Disposition;
  readonly topics: readonly string[];
  readonly verdicts: Readonly<Record<string, Verdict>>;
  readonly verdict: Verdict;
  readonly citations: readonly Citation[];
}

/** What a judgement rests on. */
export interface JudgeInput {
  readonly knowledge: Knowledge;
  readonly understanding: Understanding;
  readonly assessment: Assessment;
  readonly questions: readonly Question[];
  readonly hours: HoursInterval | null;
}

/** Hours between a treatment and a moment, both uncertain; null when the treatment time is unknown. */
export function hoursBetween(treatedAt: TimeSpan | null, moment: TimeSpan): HoursInterval | null {
  if (!treatedAt) return null;
  return { min: (moment.from - treatedAt.to) / HOUR, max: (moment.to - treatedAt.from) / HOUR };
}

/** A danger speaks for all its topics; a sign for the clinic for the one that the patient named, or else for the nearest. */
function topicsOf(raised: FlagRaised, nearest: readonly string[], judged: readonly JudgedQuestion[]): readonly string[] {
  if (raised.tier !== 'ask_clinic') return nearest;
  const named = nearest.filter((topic) => judged.some(({ standing }) => standing.topic === topic));
  return named.length > 0 ? named : nearest.slice(0, 1);
}

function isPage({ tier }: FlagRaised): boolean {
  return tier === 'urgent' || tier === 'emergency';
}

/** Puts triage and guide together; the highest level and the most cautious verdict win. */
export function judge(input: JudgeInput): Judgement {
  const { knowledge } = input;
  const judged = input.questions.flatMap((question) => {
    const topic = knowledge.topics.get(question.topic);
    if (!topic) return [];
    // a sign that is only supposed is explained, not judged
    const hours = question.isSupposed && topic.kind === 'sign' ? null : input.hours;
    return [{ question, standing: findStanding(topic, { ...question, hours }) }];
  });
  const flags = input.assessment.flags.filter((flag) => DISPOSITIONS.indexOf(flag.tier) >= DISPOSITIONS.indexOf('ask_clinic'));
  const verdicts: Record<string, Verdict> = {};
  for (const { standing } of judged) verdicts[standing.topic] = standing.verdict;
  const { foreign } = input.understanding;
  for (const raised of flags) {
    const known =
      raised.flag === null || (foreign && raised.flag === 'C17' && isPage(raised)) ? undefined : knowledge.flags.get(raised.flag);
    const verdict = known?.verdict ?? 'watch';
    for (const topic of topicsOf(raised, known?.topics ?? ['safety_risks'], judged))
      verdicts[topic] = moreCautious(verdicts[topic] ?? 'none', verdict);
  }
  const paged = flags.some(isPage);
  // words of another language: a danger is watched, all else is the clinic's to answer
  const unread: Verdict = foreign ? (paged ? 'watch' : 'ask_clinic') : 'none';
  const flagVerdict = flags.reduce<Verdict>(
    (most, raised) => moreCautious(most, raised.flag === null ? 'watch' : (knowledge.flags.get(raised.flag)?.verdict ?? 'watch')),
    unread,
  );
  const verdict = paged ? flagVerdict : Object.values(verdicts).reduce<Verdict>(moreCautious, flagVerdict);
  const disposition = [...judged.map(({ standing }) => standing.disposition), ...flags.map((flag) => flag.tier)].reduce<Disposition>(
    higherDisposition,
    'none',
  );
  const citations = judged.flatMap(({ standing }) =>
    sectionsOf(knowledge, standing.facts).map((section) => ({ topic: standing.topic, section })),
  );
  return { judged, flags, disposition, topics: Object.keys(verdicts), verdicts, verdict, citations };
}
