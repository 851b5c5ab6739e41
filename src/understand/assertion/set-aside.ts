import type { Span } from '../cues';
import type { Scene } from './scene';

/** What stands behind a sign in its sentence and the next one, as far as it is looked at. */
const REACH = 26;
const REACH_BEFORE = 12;

/** Only what the skin shows is over when it is "fine now": a faint, a fit or a tight throat is told to somebody all the same. */
const OF_SKIN =
  /\b(swol|swell|swole|puff|red|redder|redness|pink|hot|hotter|warm|heat|burn|sting|itch|hives|welts|rash|bump|bled|bleed|blood|ooz|wept|weep|blotch|sore|tender|flush|peel|flak|crust|angry|shiny|bruis|eye|eyes|eyelid|eyelids|lids|lips|closed|shut|balloon|huge|bad|rough)/;
const TELLS_PAST =
  /\b(was|were|had|got|went|looked|felt|came|woke|swelled|swole|blew|bled|oozed|wept|puffed|turned|yesterday|earlier|last night|first (day|night|evening)|day (1|one)|at first)\b/;

/** "this time nothing", "but not this time", "didnt get any this time". */
const NOT_THIS_TIME =
  /\b(nothing|none|no|not|zero|didnt|havent|hasnt|never)( (had|got|seen|get|see|have|happened|happen|any|one|a|single|at|all|of|it|that|so|far|like|anything|thing))* (this|the second|the third|on this|with this) (time|round|session|one|go)\b/;
const THIS_TIME_NOTHING =
  /\b(this|the second|2nd|second) (time|round|session|one|go) (?:(?:around|,|-|i|it|its|ive|there|theres|was|is|has|have|had|got|been|so|far|just|absolutely|literally) )*(nothing(?! (help|helps|helped|works|worked|is|touches|like|compared))|none|not (a|one|any)|no (?!better|different|difference|less|change|relief|improvement|help|doubt|idea|joke|good|sleep)|zero|zilch|nada|all (good|clear|fine)|totally fine|smooth)/;
/** "some clear stuff last night, nothing since". */
const NOTHING_SINCE =
  /(?:[,.;!-] (?:and |but |so )?|(?:and|but) )(?:had |got |seen )?(?:nothing|none|no more|not a drop|dry) since(?: (?:[,.!;-]|then|that|and|so|can|is|this)|$)/;
/** "it was throbbing right after but since then zero pain". */
const FINE_SINCE =
  /(?:[,.;-]|but|and) (?:ever )?since (?:then )?(?:(?:its|i|ive|had|been|there|was) )*(?:zero|none|nothing (?=[,.!]|$)|no (?:pain|swelling|redness|issue|issues|problem|problems|bleeding|itch))\b/;
const PAIN = /throb|hurt|pain|ach/;
/** "my sunburn blistered, this hasnt", "hers wept, mine only flakes". */
const MINE_NOT =
  /^(?:\w+ ){0,6}[,.;!-] (?:but |and |so |luckily |thankfully )*(?:this|mine|mines|this one|me|my (?:face|skin|cheeks)) ?(?:(?:hasnt|isnt|didnt|doesnt|wasnt|havent|never(?: did)?|not)(?: (?:[,.!?;-]|yet|at all|though|tho|like that|so far|and|but)|$)|(?:is |looks |are |s )?(?:only|just) )/;

/** One of these stands in all of the above; the rest need not be tried without it. */
const SAYS_WHICH = /\b(?:time|round|session|one|go|mines?|this|me|my)\b/;

/** Words that may stand between the beginning of a report and what says that all is over. */
const OVER_NOW =
  /[,.;!-] (?:(?:but|and|so|then|luckily|thankfully|by|now|today|tonight|this|morning|evening|afternoon|noon|its|theyre|im|it|is|they|are|look|looks|looked|that|thats|everything|everythings|all|both|am|i|my|the|face|skin|eyes|lids|cheeks|lips|chin|has|have|were|was|been|gone|went|completely|totally|pretty|much|perfectly|fully|already|just|basically|absolutely|quite|finally|swelling|redness) )*?(?:back to (?:my |its |their |the )?(?:(?:old|usual|normal|regular) ?)+(?:face|self|size|color|shape)?|normal|gone|vanished|disappeared|cleared(?: up)?|healed(?: up)?|flat|fine|perfect)\b(?! (?:to|for|if|that|when|right|enough|part|thing|reaction|range|or|except|apart|until|isnt|i (?:guess|hope|think)|black|grey|gray|foggy|numb|hard|bad|wild|off|and (?:now|then)))(.*)/;
const NOWISH = /\b(now|today|tonight|morning|evening|afternoon|noon|again|already|back to|gone|vanished|disappeared|cleared|healed)\b/;
const RETURNS = /\b(back again|came back|its back|is back|returned|started again|worse|until|except)\b/;

/** "nope, nothing like that", behind what one was ready for. */
const NONE_OF_THAT =
  /^(?:[^.!?]* )?[.!] (?:(?:nope|no|nah|luckily|thankfully|but|well|and|,|honestly|i|ive|had|have|got|saw|seen|see) )*(?:nothing like (?:that|it|this)|none of (?:that|it|those|them|the above|this))(?: (?:[,.!?;-]|here|for me|with me|happened|this time|just|only|so far|at all|and|but|at|yet)|$)/;
const WAS_READY =
  /\b(ready|prepared|braced|bracing|expecting|expected|imagined|imagining|afraid|scared|worried|terrified|dreading|dreaded|warned|heard|read|stories|thought)\b/;

/** "thought i saw a blister. turned out to be a speck of serum". */
const FALSE_ALARM =
  /\bit was (just |only )?(a|an) (\w+ )?(pimple|zit|whitehead|freckle|mole|crumb|speck|hair|eyelash|bug bite|ingrown)\b|\bit was (just|only) (\w+ ){1,5}([,.;!-] |and )(im |its |all |totally |but |so )*(good|fine|ok|okay|normal|gone) (now|again)\b|\b((turned|turns) out (it was |its |it is )?(to be |just |only )?(a |an |the |some |my )?(?!worse|infected)|false alarm)/;
const WAS_BELIEVED = /\b(thought|assumed|figured|panicked|panic|freaked|scare|scared|convinced|sure|swore|looked like)\b/;

/** "a yellow flake but it was just dried sunscreen": what stuck to the skin, found out. */
const STUCK_ON =
  /\b(was|were|turned out to be|turns out to be) (just|only|really|actually|a|some|bits of)? ?(\w+ ){0,4}?(sunscreen|spf|cream|moisturi[sz]er|makeup|foundation|concealer|mascara|toothpaste|ketchup|jam|coffee|curry|sauce|lint|fluff|pollen|paint|ink|marker|lipstick|eyeliner|honey|yolk|crumbs?|lotion|vaseline|aquaphor|residue|dye|turmeric|glitter|sand|soap|shampoo|(dried|my|the|your|old|leftover) (up )?serum)\b/;
const LOOKS_LIKE_IT = /yellow|green|brown|black|purple|red|white|crust|pus|flak|scab|goo|gunk|blood|spot|mark|blister|bump|stain|rash|film/;

/** "mum keeps saying my throat will close up": what others foretell. */
const FORETOLD =
  /\b(mom|mum|mother|ma|dad|father|husband|hubby|wife|bf|boyfriend|gf|girlfriend|sister|brother|aunt|auntie|nan|gran|grandma|grandpa|friend|mate|coworker|colleague|neighbor|neighbour|boss|roommate|he|she|they|everyone|everybody|tiktok|reddit|google|internet)s? (?:(?:keeps?|kept|always|is|was|just|also|already) )*(?:says?|said|saying|thinks?|swears?|swore|insists?|insisted|warned|warning|tells?|told|telling|convinced|predicts?|reckons?|worries|worried)(?: (?!but |and |so |i |id |im |ill )\w+){0,5} (?:will|would|gonna|going to|itll)(?: (?:\w+ ){0,3})?$/;

/** "should it start bleeding, what do i do". */
const INVERTED_IF =
  /^(?:(?:so|and|but|ok|hi|hey|also|then|,) )*should (?:(?:it|this|that|they|anything|something) (?:\w+ ){0,3}|i (?:(?:ever|suddenly|then) )?(?:notice|see|develop|spike|run|catch|start|wake) (?:\w+ ){0,3})$/;
const INVERTED_SIGN = /^(?:(?:so|and|but|ok|hi|hey|also|then|,) )*should (?:it|this|that|they|anything|something)(?: |$)/;
/** What follows from a supposed sign; "should it be weeping green" alone asks about one that is there. */
const THEN_WHAT =
  /\b(what|who|where|how) (do|does|should|can|would|to|will|is|are)\b|\b(do|should|can|shall|will|could|would) (i|we|you)\b|\b(let|call|ring|text|contact|phone|see) (you|the|someone|somebody|a)\b|\bis there\b/;

/** Whether the words around a sign set it aside: it was another time or another's, it is over, or it was a false alarm. */
export function isSetAside(scene: Scene, sign: Span): boolean {
  const behind = behindOf(scene, sign);
  if (SAYS_WHICH.test(behind) && (MINE_NOT.test(behind) || NOT_THIS_TIME.test(behind) || THIS_TIME_NOTHING.test(behind))) return true;
  const before = beforeOf(scene, sign);
  const own = scene.words(sign.start, sign.end).join(' ');
  if (NONE_OF_THAT.test(behind) && WAS_READY.test(before)) return true;
  if (FALSE_ALARM.test(behind) && WAS_BELIEVED.test(before)) return true;
  if (LOOKS_LIKE_IT.test(own) && STUCK_ON.test(behind)) return true;
  if ((OF_SKIN.test(own) || PAIN.test(own)) && (NOTHING_SINCE.test(behind) || FINE_SINCE.test(behind))) return true;
  return isOverNow({ before, own, behind });
}

/** "last session i got a cold sore and now ive got another one", "not as bad as this time": what was is here again. */
const BACK_NOW =
  /\b(now|today|tonight|this morning|this time) (i|ive|im|theres|there is|its|it is|i have|got|have|getting|another)( (?!no|not|dont|never|nothing|none)\w+){0,3} (another|again|one|same|some|more|too)\b|\b(not|never|wasnt|isnt) (as|so|that|this|nearly as) \w+ as (this|now|today)\b|\b(worse|bigger|more) (this time|now|today)\b|\bthis time (its|it is|is) (worse|bigger|much worse)\b/;

/** Whether what was another time is told to be here again. */
export function isBackNow(scene: Scene, sign: Span): boolean {
  return BACK_NOW.test(behindOf(scene, sign));
}

/** Whether a sign is only foretold by others, or supposed with an inverted "should". */
export function isForetold(scene: Scene, sign: Span): boolean {
  const before = beforeOf(scene, sign);
  if (before === '') return false;
  const isInverted = INVERTED_IF.test(before) || (sign.end - sign.start > 1 && INVERTED_SIGN.test(before));
  return FORETOLD.test(before) || (isInverted && THEN_WHAT.test(behindOf(scene, sign)));
}

/** "was so swollen yesterday. today back to my normal face". */
function isOverNow({ before, own, behind }: { before: string; own: string; behind: string }): boolean {
  if (!OF_SKIN.test(own) || !TELLS_PAST.test(`${before}${own} ${sentenceOf(behind)}`)) return false;
  const found = OVER_NOW.exec(behind);
  return found !== null && NOWISH.test(found[0]) && !/^[^.!]*\?/.test(found[1] ?? '') && !RETURNS.test(behind);
}

function sentenceOf(behind: string): string {
  return behind.split(/[.!?;]/)[0] ?? '';
}

/** The words behind a sign to the end of the next sentence, each with a space behind it. */
function behindOf(scene: Scene, sign: Span): string {
  const { sentenceOf: numbers, tokens } = scene.message;
  const last = (numbers[sign.end - 1] ?? 0) + 1;
  let end = sign.end;
  while (end < Math.min(tokens.length, sign.end + REACH) && (numbers[end] ?? 0) <= last) end++;
  return scene
    .words(sign.end, end)
    .map((word) => `${word} `)
    .join('');
}

/** The words of the sentence before a sign, each with a space behind it. */
function beforeOf(scene: Scene, sign: Span): string {
  const from = Math.max(scene.sentenceStart(sign.start), sign.start - REACH_BEFORE);
  return scene
    .words(from, sign.start)
    .map((word) => `${word} `)
    .join('');
}
