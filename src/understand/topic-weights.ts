/**
 * How much each piece of evidence counts for a topic being meant: a logistic regression fitted by `npm run fit:topics` on the labelled
 * messages of test/questions, of which none was written for knowledge/.
 */
export const TOPIC_WEIGHTS = {
  bias: 0.449,
  named: 1.014,
  namedLength: 0.243,
  namedDenied: -0.441,
  namedSignDenied: -0.287,
  namedSilent: -0.831,
  namedInfo: -0.787,
  namedSign: 0.199,
  namedAlone: 0.46,
  namedAmongOthers: -0.336,
  namedAloneInClause: -0.667,
  namedInList: 0.942,
  namedAsSimile: -0.742,
  namedHeardWhole: 0.486,
  namedHeardClause: 0.296,
  namedHeardSegment: 0.189,
  namedFirstInSegment: 0.667,
  namedInScope: 1.999,
  heardWhole: 0.684,
  heardClause: 1.27,
  heardInScope: 0.544,
  heardClauseInScope: 1.297,
  heardSilent: -1.261,
  heardInfo: -0.126,
  heardBesideNamed: -0.187,
  heardInClauseOfItsOwn: -0.084,
  firstInWhole: 0.214,
  firstInClause: -0.067,
} as const;
