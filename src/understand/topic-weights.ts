import type { TopicEvidence } from './weigh-topics';

/**
 * How much each piece of evidence counts for a topic being meant: a logistic regression fitted by `npm run fit:topics` on the labelled
 * messages of test/questions, of which none was written for knowledge/.
 */
export const TOPIC_WEIGHTS: TopicEvidence = {
  bias: 1.081,
  named: 0.849,
  namedLength: 0.225,
  namedDenied: -0.633,
  namedSignDenied: -0.429,
  namedSilent: -0.968,
  namedInfo: -0.942,
  namedSign: 0.164,
  namedAlone: 0.593,
  namedAmongOthers: -0.544,
  namedAloneInClause: -0.299,
  namedInList: 0.785,
  namedAsSimile: -0.983,
  namedHeardWhole: 0.4,
  namedHeardClause: 0.326,
  namedInScope: 0.804,
  heardWhole: 0.652,
  heardClause: 1.162,
  heardInScope: -0.031,
  heardClauseInScope: 0.599,
  heardSilent: -1.242,
  heardInfo: -0.274,
  heardBesideNamed: -1.114,
  heardInClauseOfItsOwn: 0.121,
  firstInWhole: 0.727,
  firstInClause: 0.194,
};
