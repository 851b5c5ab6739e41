/**
 * How much each piece of evidence counts for a topic being meant: a logistic regression fitted by `npm run fit:topics` on the labelled
 * messages of test/questions, of which none was written for knowledge/.
 */
export const TOPIC_WEIGHTS = {
  bias: 0.104,
  named: 1.032,
  namedLength: 0.233,
  namedDenied: -0.36,
  namedSignDenied: -0.233,
  namedSilent: -0.758,
  namedInfo: -0.804,
  namedSign: 0.294,
  namedAlone: 0.493,
  namedAmongOthers: -0.314,
  namedAloneInClause: -0.593,
  namedInList: 0.917,
  namedAsSimile: -0.867,
  namedHeardWhole: 0.431,
  namedHeardClause: 0.259,
  namedHeardSegment: 0.204,
  namedFirstInSegment: 0.659,
  namedInScope: 1.92,
  heardWhole: 0.699,
  heardClause: 1.531,
  heardInScope: 0.85,
  heardClauseInScope: 1.333,
  heardSilent: -1.352,
  heardInfo: -0.169,
  heardBesideNamed: 0.096,
  heardInClauseOfItsOwn: -0.07,
  firstInWhole: 0.51,
  firstInClause: -0.056,
} as const;
