import type { Disposition } from './words';

/** A danger sign that was found in a message, at the level it reached. */
export interface FlagRaised {
  /** Id in knowledge/red-flags, such as U02; null when only the statistical detector heard danger. */
  readonly flag: string | null;
  readonly tier: Disposition;
  readonly by: 'rules' | 'statistics' | 'failure';
  /** Modifiers that raised it, such as M02. */
  readonly raisedBy: readonly string[];
}

/** What each detector made of a message on its own. They work on different principles; where they differ the more serious level counts. */
export interface DetectorLevels {
  readonly rules: Disposition;
  readonly statistics: Disposition;
}

/** What triage makes of a message: the highest level wins, doubt counts. */
export interface Assessment {
  readonly disposition: Disposition;
  /** Flags found, the most serious first. */
  readonly flags: readonly FlagRaised[];
  readonly detectors: DetectorLevels;
}

/** What triage needs to know beside the message. */
export interface TriageHistory {
  /** Flags raised in this conversation in the last 72 hours. */
  readonly recentFlags: readonly string[];
}
