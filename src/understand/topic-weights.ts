/**
 * How much each piece of evidence counts for a topic being meant: a logistic regression fitted by `npm run fit:topics` on the labelled
 * messages of test/questions, of which none was written for knowledge/.
 */
export const TOPIC_WEIGHTS = {
  bias: -0.078,
  named: 1.176,
  namedLength: 0.248,
  namedDenied: -0.465,
  namedSignDenied: -0.197,
  namedSilent: -0.753,
  namedInfo: -0.808,
  namedSign: 0.22,
  namedAlone: 0.665,
  namedAmongOthers: -0.347,
  namedAloneInClause: -0.564,
  namedInList: 0.841,
  namedAsSimile: -0.77,
  namedHeardWhole: 0.379,
  namedHeardClause: 0.181,
  namedHeardSegment: 0.1,
  namedFirstInSegment: 0.736,
  namedInScope: 0.937,
  heardWhole: 0.6,
  heardClause: 1.225,
  heardInScope: 0.347,
  heardClauseInScope: 0.735,
  heardSilent: -1.424,
  heardInfo: -0.143,
  heardBesideNamed: -0.477,
  heardInClauseOfItsOwn: 0.072,
  firstInWhole: 0.693,
  firstInClause: 0.38,
} as const;
