/**
 * How much each piece of evidence counts for a topic being meant: a logistic regression fitted by `npm run fit:topics` on the labelled
 * messages of test/questions, of which none was written for knowledge/.
 */
export const TOPIC_WEIGHTS = {
  bias: -0.301,
  named: 1.17,
  namedLength: 0.279,
  namedDenied: -0.302,
  namedSignDenied: -0.202,
  namedSilent: -0.685,
  namedInfo: -0.691,
  namedSign: 0.159,
  namedAlone: 0.782,
  namedAmongOthers: -0.025,
  namedAloneInClause: -0.797,
  namedInList: 1.035,
  namedAsSimile: -0.804,
  namedHeardWhole: 0.415,
  namedHeardClause: 0.24,
  namedHeardSegment: 0.226,
  namedFirstInSegment: 0.485,
  namedInScope: 1.591,
  heardWhole: 0.656,
  heardClause: 1.223,
  heardInScope: 1.099,
  heardClauseInScope: 1.464,
  heardSilent: -1.32,
  heardInfo: -0.053,
  heardBesideNamed: -0.337,
  heardInClauseOfItsOwn: 0.056,
  firstInWhole: 0.274,
  firstInClause: 0.275,
} as const;
