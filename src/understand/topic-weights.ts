/**
 * How much each piece of evidence counts for a topic being meant: a logistic regression fitted by `npm run fit:topics` on the labelled
 * messages of test/questions, of which none was written for knowledge/.
 */
export const TOPIC_WEIGHTS = {
  bias: -0.392,
  named: 1.294,
  namedLength: 0.298,
  namedDenied: -0.376,
  namedSignDenied: -0.384,
  namedSilent: -0.681,
  namedInfo: -0.711,
  namedSign: 0.164,
  namedAlone: 0.788,
  namedAmongOthers: 0.042,
  namedAloneInClause: -0.812,
  namedInList: 0.859,
  namedAsSimile: -0.839,
  namedHeardWhole: 0.376,
  namedHeardClause: 0.253,
  namedHeardSegment: 0.278,
  namedFirstInSegment: 0.486,
  namedInScope: 1.3,
  heardWhole: 0.666,
  heardClause: 0.993,
  heardInScope: 1.094,
  heardClauseInScope: 1.405,
  heardSilent: -1.372,
  heardInfo: -0.278,
  heardBesideNamed: -0.412,
  heardInClauseOfItsOwn: 0.262,
  firstInWhole: 0.681,
  firstInClause: 0.138,
} as const;
