import type { GateSignals } from './fit-gate';
import type { RawScores } from './score-row';

const FLOOR = 1e-12;

function largest(numbers: Float64Array): number {
  let highest = -Infinity;
  for (let k = 0; k < numbers.length; k++) if (numbers[k]! > highest) highest = numbers[k]!;
  return highest;
}

/** Standard deviation of a part's scores over the labels: a text of no label moves none of them far. */
function spread(scores: Float64Array | null): number {
  if (!scores) return 0;
  let sum = 0;
  let squares = 0;
  for (let k = 0; k < scores.length; k++) {
    sum += scores[k]!;
    squares += scores[k]! ** 2;
  }
  const mean = sum / scores.length;
  return Math.sqrt(Math.max(0, squares / scores.length - mean * mean));
}

/** What the gate looks at for one text: ln of the top probability, largest raw score, shares (0-1) of unknown words and character grams, spread of either part's scores. */
export function gateSignals(
  raw: RawScores,
  probabilities: Float64Array,
  unknown: { readonly unknownWords: number; readonly unknownGrams: number },
): GateSignals {
  const strongest = raw.svm ?? raw.net;
  return [
    Math.log(largest(probabilities) + FLOOR),
    strongest ? largest(strongest) : 0,
    unknown.unknownWords,
    unknown.unknownGrams,
    spread(raw.net),
    spread(raw.svm),
  ];
}
