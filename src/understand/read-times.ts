import type { TimesSaid } from '../model/understanding';
import type { TimeSpan } from '../model/words';
import { adoptSince } from './times/adopt-since';
import { readLeftOver } from './times/calendar-reader';
import { LATEST_WEIGHT, chooseAsked, chooseTreatment, type Judged } from './times/choose-times';
import { settingOf, splitClauses } from './times/clauses';
import { CORE_NOUN, DONE, TREATMENT_NOUN } from './times/cues';
import { couldBeTreatment, decideRole } from './times/decide-role';
import { findAmounts } from './times/find-amounts';
import { findDays } from './times/find-calendar';
import { findAnchored } from './times/find-anchored';
import { findClocks } from './times/find-clocks';
import { findFresh } from './times/find-fresh';
import { findLabels } from './times/find-labels';
import { findHolidays } from './times/holidays';
import { keepLatestLabel } from './times/latest-label';
import { isLatestOfSeries } from './times/latest-of-series';
import { liesBehind } from './times/lies-behind';
import { role } from './times/role';
import { shareAlternatives } from './times/share-alternatives';
import { joinMentions } from './times/join-mentions';
import { type LocalDays, localDays } from './times/local-days';
import type { Mention } from './times/mention';
import { nearNow } from './times/near-now';
import { normalizeForTimes } from './times/normal-text';
import { putWeekBack } from './times/week-later';
import { dateAnswered } from './times/wordings';

/** What reading times needs to know. Instants in epoch milliseconds, zone an IANA name. */
export interface TimesContext {
  readonly now: number;
  readonly zone: string;
  /** When the treatment ended, as far as known. */
  readonly treatedAt: TimeSpan | null;
  /** The bot asked for the treatment time, so that "like 4" answers it. */
  readonly awaitsTime: boolean;
  /** A corrected time is the moment asked about ("no i meant wednesday"), unless the words say otherwise. */
  readonly correctsAsked?: boolean;
}

const NOTHING: TimesSaid = { treatment: null, asked: null };

/** A message without any of these letters holds no time. */
const TIME_WORDS =
  /\d|day|dys|\b[mfs][a-z]{3,4}y\b|dya\b|\b[ap]\.?m\b|night|nite|\btn\b|morn|noon|lunch|week|\bwk|\btom\b|hour|\bhrs?\b|\bmin|month|ago|\bjust\b|fresh|straight|(?:walk|stepp|com)ing out|tomo|tommo|tmr|tmw|tomm|yest|yday|ystr|later|earlier|\baft|arvo|\beve|\bmon\b|mond|\btue|\bwed\b|weds|wens|wend|\bthu|\bfri|\bsat\b|sat|\bsun\b|\bthr|half past|quarter|\bjan|\bfeb|\bmar|\bapr|\bjul|\bjun|\baug|\bsep|\boct|\bnov|\bdec|christmas|xmas|easter|hallow|thanksgiv|independence|nye\b|l8r|teatime|bedtime|\bbed\b|teenth|twent|thirt|\bthe (?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth)|new ?year|fortnight|valentine|\bwork\b|home from|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b/i;

/** Most times looked at, of each sort and in all. */
const MOST_OF_A_SORT = 8;
const MOST_TIMES = 12;

/**
 * Reads when the treatment was and which moment the question is about: "got it done yesterday at 3, can i work out tomorrow?".
 * Pure: all days are the clinic's, in `context.zone`.
 */
export function readTimes(text: string, context: TimesContext): TimesSaid {
  if (!TIME_WORDS.test(text)) return NOTHING;
  const usual = normalizeForTimes(text);
  const plain = context.awaitsTime ? dateAnswered(usual) : usual;
  const mentions = findMentions(plain, context.awaitsTime);
  const isAsked = context.awaitsTime || (context.treatedAt === null && (TREATMENT_NOUN.test(plain) || DONE.test(plain)));
  if (mentions.length === 0 && !isAsked) return NOTHING;
  const local = localDays(context.now, context.zone);
  const said = chooseTimes(plain, mentions, local, context);
  if (said.treatment !== null || !isAsked) return said;
  const leftOver = readLeftOver(plain, local);
  if (leftOver === null) return said;
  const again = chooseTimes(plain, joinMentions(plain, [...mentions, leftOver]), local, context);
  return again.treatment === null ? said : again;
}

function findMentions(text: string, awaitsTime: boolean): readonly Mention[] {
  const found = [
    ...findFresh(text, MOST_OF_A_SORT),
    ...findLabels(text, MOST_OF_A_SORT),
    ...findAnchored(text, MOST_OF_A_SORT),
    ...findAmounts(text, MOST_OF_A_SORT),
    ...findDays(text, MOST_OF_A_SORT),
    ...findHolidays(text, MOST_OF_A_SORT),
    ...findClocks(text, MOST_OF_A_SORT, awaitsTime),
  ];
  return joinMentions(text, found).slice(0, MOST_TIMES);
}

function chooseTimes(text: string, mentions: readonly Mention[], local: LocalDays, context: TimesContext): TimesSaid {
  if (mentions.length === 0) return NOTHING;
  const knowsTreatment = context.treatedAt !== null;
  let judged = judge(text, mentions, { ...context, knowsTreatment }, local);
  const isNamed = judged.some(({ role }) => role.is === 'treatment' && role.weight >= 4);
  if (isNamed && !knowsTreatment && mentions.some(({ label }) => label !== undefined))
    judged = judge(text, mentions, { ...context, knowsTreatment: true }, local);
  if (!knowsTreatment) judged = putWeekBack(adoptSince(adoptLoneTime(text, shareAlternatives(text, keepLatestLabel(judged)))));
  const treatment = chooseTreatment(text, judged, local, context);
  const asked = chooseAsked(text, judged, local, context.treatedAt ?? treatment);
  const isLatest = treatment !== null && judged.some((entry) => entry.role.weight === LATEST_WEIGHT);
  return { treatment, asked, ...(isLatest ? { ofSeveral: true } : {}) };
}

/** A treatment is told, and of all times only one has no purpose: it is the treatment's, in whatever grammar it stands. */
function adoptLoneTime(text: string, judged: readonly Judged[]): readonly Judged[] {
  if (judged.some(({ role }) => role.is === 'treatment' || role.is === 'coming' || role.is === 'sinceTreatment')) return judged;
  const lone = judged.filter(({ setting, role }) => role.is === 'none' && couldBeTreatment(setting));
  if (lone.length !== 1 || !(CORE_NOUN.test(text) || DONE.test(text))) return judged;
  return judged.map((one) => (one === lone[0] ? { ...one, role: { is: 'treatment', weight: 3, corrects: false } } : one));
}

/** What each time is for, in order: a correction or an "or" looks back at the time before it. */
function judge(
  text: string,
  mentions: readonly Mention[],
  { awaitsTime, correctsAsked = false, knowsTreatment }: TimesContext & { readonly knowsTreatment: boolean },
  local: LocalDays,
): readonly Judged[] {
  const clauses = splitClauses(text);
  const judged: Judged[] = [];
  for (const mention of mentions) {
    const setting = settingOf(text, clauses, mention);
    const previous = judged.findLast(({ role }) => role.is !== 'now' && role.is !== 'none')?.role ?? null;
    const decided = decideRole(setting, {
      clauses,
      awaitsTime,
      knowsTreatment,
      correctsAsked,
      previous,
      liesBehind: (told) => liesBehind(told, local),
      nearNow: (told) => nearNow(told, local),
    });
    judged.push({
      setting,
      role: decided.is !== 'now' && isLatestOfSeries(text, mentions, mention) ? role('treatment', LATEST_WEIGHT) : decided,
    });
  }
  return judged;
}
