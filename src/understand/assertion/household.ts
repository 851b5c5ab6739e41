import type { Span } from '../cues';
import type { Scene } from './scene';

const HOUSEHOLD = /^(mom|moms|mum|mums|mother|mommy|mummy|dad|father|wife|wifey|husband|hubby|partner)$/;
const CAME_OF_IT =
  /\b(used|put|tried|applied|slapped|rubbed) .*\band (her|his|their|the) (whole )?(face|skin|eyes?|lips?|cheeks?|neck) (went|got|came|turned|swelled|blew|puffed)\b/;
const DATED = /\b(ago|once|last|years?|months?|weeks?|back|when|before|always|used to|every)\b/;

/** "mom used the cream and her face went scarlet": told of somebody of the house without a date, it is of now. */
export function isHousehold(scene: Scene, cue: Span, told: string): boolean {
  return HOUSEHOLD.test(scene.word(cue.end - 1)) && CAME_OF_IT.test(told) && !DATED.test(told);
}
