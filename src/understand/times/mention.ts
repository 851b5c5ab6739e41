/** A day as patients name it, before it is placed on the calendar. */
export type DayRef =
  | { readonly type: 'offset'; readonly from: number; readonly to: number }
  | { readonly type: 'weekday'; readonly weekday: number; readonly hint: DayHint; readonly week: number | null }
  | { readonly type: 'weekend'; readonly hint: DayHint }
  | { readonly type: 'week'; readonly offset: number }
  | { readonly type: 'holiday'; readonly holiday: Holiday }
  /** A day told from a feast day: a weekday, the weekend or the whole week before, after or around it, or so many days from it. */
  | {
      readonly type: 'beside';
      readonly holiday: Holiday;
      readonly weekday: number | 'weekend' | 'week' | null;
      readonly side: 'before' | 'after' | 'week' | 'around' | 'on';
      readonly days: number;
    }
  /** Whole days before or after another day: "the friday before last", "a week ago yesterday". */
  | { readonly type: 'shifted'; readonly base: DayRef; readonly baseTense?: 'past' | 'future'; readonly days: number }
  /** "the 28th of last month" */
  | { readonly type: 'of_month'; readonly months: number; readonly day: number }
  | { readonly type: 'date'; readonly year: number | null; readonly month: number | null; readonly day: number; readonly weekday?: number };

/** A feast day with a fixed rule. */
export type Holiday =
  | 'christmas_eve'
  | 'christmas'
  | 'boxing_day'
  | 'new_years_eve'
  | 'new_year'
  | 'valentines'
  | 'st_patricks'
  | 'july_4'
  | 'halloween'
  | 'thanksgiving'
  | 'memorial_day'
  | 'labor_day'
  | 'good_friday'
  | 'easter'
  | 'easter_monday'
  | 'black_friday'
  | 'juneteenth'
  | 'cinco_de_mayo'
  | 'veterans_day'
  | 'mothers_day'
  | 'fathers_day'
  | 'mlk_day'
  | 'presidents_day'
  | 'columbus_day';

/** Which way a named day points by its own words: "last friday", "this friday", "next friday", "friday". */
export type DayHint = 'past' | 'this' | 'next' | 'none';

/** A part of a day. */
export type DayPart =
  'morning' | 'noon' | 'lunch' | 'after_lunch' | 'after_school' | 'afternoon' | 'evening' | 'night' | 'midnight' | 'later' | 'same_time';

/** A time of day; `half` is null when the patient left am or pm out. */
export interface ClockRef {
  readonly hour: number;
  readonly minute: number;
  readonly half: 'am' | 'pm' | null;
  readonly slackMinutes: number;
  readonly bound: 'at' | 'after' | 'before';
  /** The end of a stated range ("2-3pm"), or null. */
  readonly until: { readonly hour: number; readonly minute: number } | null;
}

/** A stretch of hours back or ahead, with the play a rounded number has. */
export interface HoursRef {
  readonly low: number;
  readonly high: number;
  readonly slackMinutes: number;
}

/**
 * How a mention tells time: `ago` 3 days ago; `progress` 3 days in, it's been 3 days; `after` 3 days after; `ahead` in 3 days;
 * `since` since 3 days; `label` day 3; `calendar` tuesday at 4; `fresh` just left the clinic; `bare` an amount that only an awaited answer makes a time.
 */
export type MentionKind = 'ago' | 'since' | 'progress' | 'after' | 'ahead' | 'label' | 'calendar' | 'fresh' | 'bare';

/** One time in a message: where it stands in the normalised text and what it says. */
export interface Mention {
  readonly kind: MentionKind;
  readonly start: number;
  readonly end: number;
  readonly day?: DayRef;
  readonly part?: DayPart;
  readonly clock?: ClockRef;
  readonly hours?: HoursRef;
  /** Day label, both ends: "day 2-3" is 2 to 3. */
  readonly label?: { readonly low: number; readonly high: number };
  /** Words such as "yesterday", "last", "tonight" or "next" already tell the direction. */
  readonly direction: 'past' | 'future' | 'either';
}
