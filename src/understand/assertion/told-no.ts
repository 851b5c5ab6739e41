import type { Span } from '../cues';
import type { Scene } from './scene';

/** Who asks for signs. */
const ASKED_FOR = /\b(asked|asks|asking|question|questions|form|checklist|quiz|survey|box|boxes)\b/;
const TOLD_NO =
  /^(?:[,.;&-] |and |so |but )*(?:i |ive |all )?(?:told|said|say|answered|replied|put|ticked|checked|wrote|circled|marked|clicked) (?:(?:them|em|her|him|it|that|back|to) )*(?:no|nope|none|nah|negative|not at all|not in the least|absolutely not|not really)(?: [,.!?&-]| and| so| but|$)/;
/** "do you have chest pain, do you have chills, no and no". */
const ALL_NO =
  /^[,.;-] (?:no|nope|nah|none|negative) (?:(?:and|to|on) )?(?:no|nope|nah|both|all|everything|each|that|them)(?: (?:of|and|no|nope|them) )*(?: ?[,.!;-]|$)/;
/** "to ask if i have a fever. i have not". */
const HAVE_NOT = /^[,.;-] (?:no )?i (?:have not|havent|do not|dont|did not|didnt|am not|was not|wasnt)(?: [,.!]|$)/;
const TOLD_NO_REACH = 8;
const ASKED_REACH = 14;
const ANSWER_WORDS = 6;

/** "they asked about chills, told em nope": the answer stands at the end of the list that was asked about. */
export function isToldNo(scene: Scene, sign: Span): boolean {
  const asked = scene.words(Math.max(scene.sentenceStart(sign.start), sign.start - ASKED_REACH), sign.start).join(' ');
  if (!ASKED_FOR.test(asked)) return false;
  for (let at = sign.end; at <= sign.end + TOLD_NO_REACH && at < scene.message.tokens.length; at++) {
    const answer = scene.words(at, at + ANSWER_WORDS).join(' ');
    if (TOLD_NO.test(answer) || ALL_NO.test(answer) || HAVE_NOT.test(answer)) return true;
    if (/^(i|im|its|my|because|since|then|is|can|now)$/.test(scene.word(at))) return false;
  }
  return false;
}
