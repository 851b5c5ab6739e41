import type { Span } from '../cues';
import type { Scene } from './scene';

const SPAN_WORDS = /\b(second|minute|hour|day|night|week)s?\b/;
const SPAN_REACH = 4;
const RATE = /\bonce (in \d|a|every|per|or)\b/;
const HAPPENS = /^(passed|fainted|threw|woke|blacked|collapsed|vomited|puked|stopped)$/;

/** "she slumped against me after i had lunch": when it was is no tense of the sign. */
export function isCircumstance(scene: Scene, at: number): boolean {
  return /^(after|before|when|while|as)$/.test(scene.word(at)) && scene.word(at + 1) === 'i';
}

/** Whether a cue of the past tells something else: "peed once in 24 h", "is that my last passed out", "after i had lunch". */
export function isNoPast(scene: Scene, cue: Span): boolean {
  if (isSpanUpToNow(scene, cue) || RATE.test(scene.words(cue.start, cue.end + 2).join(' '))) return true;
  if (scene.word(cue.end - 1) === 'last' && HAPPENS.test(scene.word(cue.end))) return true;
  return scene.word(cue.start) === 'i' && isCircumstance(scene, cue.start - 1);
}

/** "in the past, hour", "in the um past like two days": how long something has gone on up to now. */
function isSpanUpToNow(scene: Scene, cue: Span): boolean {
  if (scene.word(cue.end - 1) !== 'past') return false;
  const next = scene.message.tokens.slice(cue.end, cue.end + SPAN_REACH);
  return next.some(({ text, orMeant }) => SPAN_WORDS.test(text) || orMeant?.some((meant) => SPAN_WORDS.test(meant.text)));
}

/** "a month before a facial": counted from something else. */
export function isAhead(scene: Scene, cue: Span): boolean {
  return scene.word(cue.end - 1) === 'before' && /^(a|an|the|my|i|we|going|getting|having|doing|another|next)$/.test(scene.word(cue.end));
}
