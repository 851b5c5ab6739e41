/**
 * How much each piece of evidence counts for a topic being meant: a logistic regression fitted by `npm run fit:topics` on the labelled
 * messages of test/questions, of which none was written for knowledge/.
 */
export const TOPIC_WEIGHTS = {
  bias: -0.376,
  named: 1.368,
  namedLength: 0.221,
  namedDenied: -0.271,
  namedSignDenied: -0.215,
  namedSilent: -0.802,
  namedInfo: -0.791,
  namedSign: 0.269,
  namedAlone: 0.612,
  namedAmongOthers: -0.24,
  namedAloneInClause: -0.657,
  namedInList: 1.009,
  namedAsSimile: -0.728,
  namedHeardWhole: 0.403,
  namedHeardClause: 0.24,
  namedHeardSegment: 0.212,
  namedFirstInSegment: 0.677,
  namedInScope: 1.814,
  heardWhole: 0.576,
  heardClause: 0.959,
  heardInScope: 0.745,
  heardClauseInScope: 1.377,
  heardSilent: -1.332,
  heardInfo: -0.567,
  heardBesideNamed: -0.135,
  heardInClauseOfItsOwn: -0.004,
  firstInWhole: 0.507,
  firstInClause: 0.058,
} as const;
