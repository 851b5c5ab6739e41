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

/** What triage makes of a message: the highest level wins, doubt counts. */
export interface Assessment {
  readonly disposition: Disposition;
  /** Flags found, the most serious first. */
  readonly flags: readonly FlagRaised[];
  /** The two detectors differ about this message; kept for review. */
  readonly detectorsDisagree: boolean;
}

/** What triage needs to know beside the message. */
export interface TriageHistory {
  /** Flags raised in this conversation in the last 72 hours. */
  readonly recentFlags: readonly string[];
}
