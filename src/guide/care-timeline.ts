import type { Clinic } from '../model/clinic';
import type { Knowledge, Topic } from '../model/knowledge';
import type { CareTimeline, TimelineRow, TimelineSpan } from '../model/web-edge';
import type { TimeSpan } from '../model/words';
import { latestOf, sayTime } from './clinic-clock';
import { findStanding } from './find-standing';
import { guideHourOf } from './guide-hours';
import type { Wording } from './word-answer';
import { fillText, wordAnswer } from './word-answer';

const HOUR = 3_600_000;

/** What a patient's timeline is worked out from. */
export interface TimelineAsked {
  readonly clinic: Clinic;
  /** Epoch milliseconds. */
  readonly now: number;
  readonly treatedAt: TimeSpan | null;
  /** Name of the phrase that says why there is no timeline, e.g. for a minor; null when there may be one. */
  readonly insteadSay: string | null;
}

/** Draws up a patient's timeline: what the guide makes them wait for, and when each opens. The later end of an inexact time counts. */
export function careTimeline(knowledge: Knowledge, { clinic, now, treatedAt, insteadSay }: TimelineAsked): CareTimeline {
  const wording: Wording = { clinic, now, treatedAt };
  const phrase = (name: string, others?: Readonly<Record<string, string>>): string =>
    fillText(knowledge.language.phrases[name] ?? '', wording, others);
  const nowMark = phrase('timelineNowMark');
  if (!treatedAt || insteadSay !== null)
    return { treated: null, note: phrase(insteadSay ?? 'timelineUnknown'), nowHours: 0, nowMark, rows: [] };
  const end = latestOf(treatedAt);
  const nowHours = Math.max(0, (now - end) / HOUR);
  const rows = [...knowledge.topics.values()].flatMap((topic): TimelineRow[] => {
    if (topic.kind !== 'permission') return [];
    const spans = spansOf(topic);
    const current = spans.findLast((span) => span.from <= nowHours) ?? spans[0];
    const next = spans.find((span) => span.from > nowHours);
    if (!current || spans.length < 2) return [];
    const time = next ? sayTime(end + next.from * HOUR, now, clinic.zone) : '';
    const isWaiting = current.kind === 'wait';
    const opened = isWaiting ? next?.kind : current.kind;
    const when = phrase(phraseOf(opened === 'ask' ? 'ask' : 'open', isWaiting), { time });
    const hours = { min: nowHours, max: Math.max(0, (now - treatedAt.from) / HOUR) };
    const standing = findStanding(topic, { variant: null, intent: 'may_i', qualifiers: [], hours });
    const calendar = `${topic.words.name}: ${phrase(phraseOf(opened === 'ask' ? 'ask' : 'open', false))}`;
    return [
      {
        topic: topic.id,
        name: topic.words.name,
        spans,
        when,
        text: wordAnswer(knowledge, standing, wording),
        opens: isWaiting && next ? { at: end + next.from * HOUR, text: calendar } : null,
      },
    ];
  });
  const inOrder = rows.sort((a, b) => firstChange(a) - firstChange(b));
  return { treated: phrase('timelineTreated'), note: phrase('timelineNote'), nowHours, nowMark, rows: inOrder };
}

function firstChange(row: TimelineRow): number {
  return row.spans[1]?.from ?? 0;
}

function phraseOf(kind: 'ask' | 'open', isWaiting: boolean): string {
  if (kind === 'ask') return isWaiting ? 'timelineAskFrom' : 'timelineAsk';
  return isWaiting ? 'timelineFrom' : 'timelineNow';
}

/** The topic's windows as stretches of waiting, asking and being open; what needs the clinic's clearance for good stays with asking. */
function spansOf(topic: Topic): TimelineSpan[] {
  const needsClearance = guideHourOf(topic.id, null)?.approvedUntil === Infinity;
  const spans: TimelineSpan[] = [];
  for (const { from, until, verdict, if: condition } of topic.windows) {
    if (condition) continue;
    const isWait = verdict === 'not_yet' || verdict === 'avoid';
    const kind = isWait ? 'wait' : verdict === 'allowed' && !needsClearance ? 'open' : 'ask';
    const last = spans.at(-1);
    const joined = { from: last?.kind === kind ? last.from : from, until: until ?? null, kind } as const;
    if (last?.kind === kind) spans.pop();
    spans.push(joined);
  }
  return spans;
}
