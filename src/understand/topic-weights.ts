/**
 * How much each piece of evidence counts for a topic being meant: a logistic regression fitted by `npm run fit:topics` on the labelled
 * messages of test/questions, of which none was written for knowledge/.
 */
export const TOPIC_WEIGHTS = {
  bias: 0.366,
  named: 1.138,
  namedLength: 0.224,
  namedDenied: -0.337,
  namedSignDenied: -0.258,
  namedSilent: -0.68,
  namedInfo: -0.704,
  namedSign: 0.151,
  namedAlone: 0.734,
  namedAmongOthers: -0.062,
  namedAloneInClause: -0.746,
  namedInList: 0.971,
  namedAsSimile: -0.813,
  namedHeardWhole: 0.479,
  namedHeardClause: 0.282,
  namedHeardSegment: 0.233,
  namedFirstInSegment: 0.374,
  namedInScope: 1.691,
  heardWhole: 0.734,
  heardClause: 1.211,
  heardInScope: 1.077,
  heardClauseInScope: 1.388,
  heardSilent: -1.313,
  heardInfo: -0.24,
  heardBesideNamed: -0.384,
  heardInClauseOfItsOwn: 0.237,
  firstInWhole: 0.145,
  firstInClause: -0.075,
} as const;
