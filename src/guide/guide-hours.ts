/**
 * The guide's own hours once more, read from its sentences and not from the windows in knowledge/: a window that was moved by mistake
 * then disagrees with this table. Hours count from the end of the treatment.
 */
export interface GuideHour {
  /** A topic, or `topic/variant`. */
  readonly form: string;
  /** First hour at which it may be allowed; Infinity: the guide never opens it, only the clinic does. */
  readonly allowedFrom: number;
  /** First hour at which the clinic may be asked to clear it, where the guide forbids it before. */
  readonly askFrom?: number;
  /** Until this hour an answer that allows it must name the clinic's approval: the date alone never opens it. */
  readonly approvedUntil?: number;
  /** The facts of the guide (treatment.yaml) that give the hour. */
  readonly facts: readonly string[];
}

const DAY = 24;
const WEEK = 7 * DAY;

/** Every form of a topic that is ever allowed, and those that only a clinic opens. What is not listed must never be allowed. */
export const GUIDE_HOURS: readonly GuideHour[] = [
  { form: 'makeup', allowedFrom: DAY, approvedUntil: 2 * DAY, facts: ['G044', 'G082', 'G040'] },
  { form: 'exercise', allowedFrom: 2 * DAY, facts: ['G047'] },
  { form: 'exercise/walk', allowedFrom: 2 * DAY, facts: ['G047'] },
  { form: 'sauna', allowedFrom: 2 * DAY, facts: ['G048'] },
  { form: 'hot_shower', allowedFrom: 2 * DAY, facts: ['G049'] },
  { form: 'hot_shower/lukewarm', allowedFrom: 0, facts: ['G037'] },
  { form: 'sun_exposure', allowedFrom: 2 * DAY, facts: ['G045', 'G083'] },
  { form: 'sun_exposure/sunbathing', allowedFrom: WEEK, facts: ['G045', 'G074'] },
  { form: 'sun_exposure/covered', allowedFrom: 2 * DAY, facts: ['G045', 'G083'] },
  { form: 'sun_exposure/sunny_place', allowedFrom: WEEK, facts: ['G045', 'G074'] },
  { form: 'sunscreen', allowedFrom: DAY, facts: ['G081', 'G085'] },
  { form: 'sunscreen/chemical', allowedFrom: 2 * DAY, facts: ['G056', 'G085'] },
  { form: 'sunscreen/choice', allowedFrom: DAY, facts: ['G081', 'G085'] },
  { form: 'tanning_bed', allowedFrom: Infinity, facts: ['G046'] },
  { form: 'cleansing', allowedFrom: 0, facts: ['G037'] },
  { form: 'cleansing/cleanser', allowedFrom: DAY, facts: ['G081', 'G084'] },
  { form: 'cleansing/foaming', allowedFrom: WEEK, facts: ['G038', 'G089'] },
  { form: 'cleansing/micellar', allowedFrom: WEEK, facts: ['G038', 'G089'] },
  { form: 'cleansing/brush', allowedFrom: Infinity, askFrom: WEEK, facts: ['G059'] },
  { form: 'hyaluronic_acid', allowedFrom: 0, facts: ['G041', 'G081'] },
  { form: 'moisturizer', allowedFrom: DAY, approvedUntil: 2 * DAY, facts: ['G081', 'G039', 'G040'] },
  { form: 'moisturizer/clinic_gave', allowedFrom: 0, facts: ['G040'] },
  { form: 'moisturizer/fragranced', allowedFrom: WEEK, facts: ['G039', 'G089'] },
  { form: 'panthenol', allowedFrom: DAY, approvedUntil: 2 * DAY, facts: ['G081', 'G042', 'G040'] },
  { form: 'panthenol/clinic_gave', allowedFrom: 0, facts: ['G040'] },
  { form: 'repair_cream', allowedFrom: DAY, approvedUntil: 2 * DAY, facts: ['G081', 'G043', 'G040'] },
  { form: 'repair_cream/clinic_gave', allowedFrom: 0, facts: ['G040'] },
  { form: 'alcohol_based_products', allowedFrom: WEEK, facts: ['G053', 'G089'] },
  { form: 'alcohol_based_products/alcohol_free', allowedFrom: WEEK, facts: ['G040', 'G089'] },
  { form: 'antioxidants_vitamin_c', allowedFrom: 5 * DAY, approvedUntil: Infinity, facts: ['G087', 'G060'] },
  { form: 'routine_return', allowedFrom: WEEK, approvedUntil: Infinity, facts: ['G089', 'G060'] },
  { form: 'routine_return/actives', allowedFrom: 2 * WEEK, askFrom: WEEK, approvedUntil: Infinity, facts: ['G060', 'G089'] },
  { form: 'retinoids', allowedFrom: 2 * WEEK, askFrom: WEEK, approvedUntil: Infinity, facts: ['G050', 'G060', 'G090'] },
  { form: 'acids', allowedFrom: 2 * WEEK, askFrom: WEEK, approvedUntil: Infinity, facts: ['G052', 'G060', 'G089'] },
  { form: 'exfoliants_scrubs', allowedFrom: 2 * WEEK, askFrom: WEEK, approvedUntil: Infinity, facts: ['G051', 'G059', 'G060'] },
  { form: 'aggressive_treatments', allowedFrom: Infinity, askFrom: WEEK, facts: ['G058'] },
];

/** The hours within which the guide describes a sign at all; outside them nothing may be called expected. */
export const SIGN_HOURS: Readonly<Record<string, { readonly from: number; readonly until: number; readonly facts: readonly string[] }>> = {
  redness: { from: 0, until: WEEK, facts: ['G014', 'G017', 'G031'] },
  swelling: { from: 0, until: 2 * DAY, facts: ['G015', 'G028'] },
  warmth: { from: 0, until: 2 * DAY, facts: ['G015'] },
  tenderness: { from: 0, until: 2 * DAY, facts: ['G028'] },
  tightness_dryness: { from: 0, until: WEEK, facts: ['G016', 'G018', 'G020'] },
  peeling_flaking: { from: DAY, until: WEEK, facts: ['G018', 'G030', 'G086'] },
  rough_texture: { from: DAY, until: WEEK, facts: ['G030', 'G020'] },
  sensitivity: { from: 0, until: 4 * DAY, facts: ['G019', 'G028'] },
};

/** The table's entry for a form of a topic. */
export function guideHourOf(topic: string, variant: string | null): GuideHour | undefined {
  const form = variant === null ? topic : `${topic}/${variant}`;
  return GUIDE_HOURS.find((entry) => entry.form === form);
}
