import type { Standing, Topic, TopicWindow } from '../model/knowledge';
import type { Disposition, HoursInterval, Qualifier, Verdict } from '../model/words';

/** What the guide says about a topic at a moment, before it is put into words. */
export interface TopicStanding {
  readonly topic: string;
  readonly verdict: Verdict;
  readonly disposition: Disposition;
  /** Key of the text in the topic's answers. */
  readonly say: string;
  readonly facts: readonly string[];
  /** Hours after the treatment at which the next allowed window begins; null when none follows. */
  readonly opensAtHours: number | null;
}

/** What is asked of a topic. */
export interface StandingAsked {
  readonly variant: string | null;
  readonly intent: string;
  readonly qualifiers: readonly Qualifier[];
  /** Hours since the treatment at the moment asked about; null when the treatment time is unknown. */
  readonly hours: HoursInterval | null;
}

/** Question kinds whose answer does not hang on the hour. */
const HOUR_FREE = new Set(['why', 'how_long', 'effect', 'risk', 'how_many']);
/** Question kinds that hang on the hour where the guide has hours ("what do i wash with today"), and elsewhere do not. */
const HOUR_FREE_FOR_INFO = new Set(['what', 'where', 'how', 'when']);

/** Question kinds in which a sign is only the subject ("when does the swelling go down"), as long as the guide expects it. */
const SUBJECT_OF_SIGNS = new Set(['when', 'how', 'how_long']);

/** Finds the guide's standing on a topic: the first window that fits the hour and the patient's colouring of the sign. */
export function findStanding(topic: Topic, asked: StandingAsked): TopicStanding {
  const variant = topic.variants?.find((entry) => entry.id === asked.variant);
  const free = variant ? undefined : topic.byIntent?.[asked.intent];
  const isFree = HOUR_FREE.has(asked.intent) || (HOUR_FREE_FOR_INFO.has(asked.intent) && (topic.kind === 'info' || !asked.hours));
  const isChanging = topic.kind === 'sign' && asked.qualifiers.some((qualifier) => qualifier === 'worse' || qualifier === 'new');
  if (free && isFree && !isChanging) {
    const now = asked.hours ? standingAt(topic, topic.windows, { ...asked, hours: asked.hours }) : null;
    return now ? freeAt(topic, asked.intent, { free, now }) : fromStanding(topic, free);
  }
  if (asked.hours && topic.kind === 'sign' && SUBJECT_OF_SIGNS.has(asked.intent) && !isChanging) {
    const now = standingAt(topic, topic.windows, { ...asked, hours: asked.hours });
    return now.verdict === 'expected' ? fromStanding(topic, topic.unknownTime) : now;
  }
  if (!asked.hours) return fromStanding(topic, variant?.unknownTime ?? topic.unknownTime);
  return standingAt(topic, variant?.windows ?? topic.windows, { ...asked, hours: asked.hours });
}

/** What an answer that does not hang on the hour keeps of the hour. */
function freeAt(topic: Topic, intent: string, { free, now }: { free: Standing; now: TopicStanding }): TopicStanding {
  const text = { say: free.say, facts: free.facts };
  // the reason for a sign is told only while the guide expects it; later it must reach the clinic
  if (topic.kind === 'sign') return now.verdict === 'expected' ? { ...now, ...text } : now;
  if (topic.kind !== 'permission') return fromStanding(topic, free);
  // "how long until i can wear makeup" asks for information, and the clock time is the better one where it is known
  if (intent === 'how_long') return now.opensAtHours === null ? fromStanding(topic, free) : { ...now, verdict: free.verdict };
  if (intent !== 'effect' && intent !== 'risk') return fromStanding(topic, free);
  // "will working out ruin my results" is told the reason, and is a "not yet" all the same; once it is open, that answers it
  return now.verdict === 'allowed' ? now : { ...now, ...text };
}

function standingAt(
  topic: Topic,
  windows: readonly TopicWindow[],
  { hours, qualifiers }: StandingAsked & { readonly hours: HoursInterval },
): TopicStanding {
  const hour = Math.max(0, topic.hoursRule === 'permission' ? hours.min : hours.max);
  const window = windows.find((entry) => fits(entry, hour, qualifiers)) ?? windows.at(-1)!;
  return {
    topic: topic.id,
    verdict: window.verdict,
    disposition: window.disposition ?? dispositionOf(window.verdict),
    say: window.say,
    facts: window.facts,
    opensAtHours: window.verdict === 'allowed' ? null : opensAfter(windows, hour),
  };
}

/** The triage level that a verdict calls for when its window names none. */
export function dispositionOf(verdict: Verdict): Disposition {
  if (verdict === 'none') return 'none';
  return verdict === 'watch' || verdict === 'ask_clinic' ? 'ask_clinic' : 'self_care';
}

function fromStanding(topic: Topic, standing: Standing): TopicStanding {
  return {
    topic: topic.id,
    verdict: standing.verdict,
    disposition: standing.disposition ?? dispositionOf(standing.verdict),
    say: standing.say,
    facts: standing.facts,
    opensAtHours: null,
  };
}

function fits(window: TopicWindow, hour: number, qualifiers: readonly Qualifier[]): boolean {
  if (hour < window.from || (window.until !== undefined && hour >= window.until)) return false;
  return !window.if || window.if.some((qualifier) => qualifiers.includes(qualifier));
}

function opensAfter(windows: readonly TopicWindow[], hour: number): number | null {
  return windows.find((window) => !window.if && window.verdict === 'allowed' && window.from > hour)?.from ?? null;
}
