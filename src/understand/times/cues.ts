/** Names of the treatment itself, as a regular-expression source. */
const CORE =
  'micro ?-?needl\\w*|microneed\\w*|needled|needling|derma ?-?pen\\w*|skin ?-?pen|derma ?-?roll\\w*|vampire(?: facial)?|\\bmnd?\\b|\\bprp\\b|\\brfd?\\b|morpheus ?8?|collagen induction|needle facial|facial with needles|collagen facial|nano ?needl\\w*|derma ?stamp\\w*|sylfirm|potenza|vivace|secret rf|exosomes?|(?:micro|needle)(?= *(?:$|[,.;)]))|needles(?= ?$| (?:me|us|on|at|was|were|last|past|since|in|yesterday|this|\\w+day|\\d))';
const VISIT =
  'round (?:one|two|three|four|[1-4])|(?:second|third|2nd|3rd) round|treatment|tx|procedure|appointment|session|visit|my slot|my booking';

/** The words that name the treatment or the visit to have it. */
export const TREATMENT_NOUN = new RegExp(`(?<!\\w)(?:${CORE}|${VISIT})(?!\\w)`);

/** The words that name microneedling and nothing else. */
export const CORE_NOUN = new RegExp(`(?<!\\w)(?:${CORE})(?!\\w)`);

const LINK =
  '(?:(?: on| in(?! (?:my|the|a|an|his|her)\\b)| at| done| was| is| were| this| the| about| around| like| only| just| from| for| here| ended| held| end| finished| started| been| happened| took place| completed| performed| \\(| wrapped up| ever| took| over| \\(?which| with (?:you guys|you|yall|u|(?:dr|doctor|nurse|miss|ms|mrs) [a-z]+)| date| day| time|,) ?)*';

/** The treatment named right before a time: "my treatment was (tuesday)". */
export const TREATMENT_BEFORE = new RegExp(`(?<!\\w)(?:${CORE}|${VISIT})${LINK} ?$`);

/** The treatment named right after a time: "(tuesday)s appointment", "(3 days) since my microneedling". */
export const TREATMENT_AFTER = new RegExp(
  `^s? ?(?:- |: |\\()?(?:at (?:your|ur|yalls|the) (?:\\w+ ){1,3}(?=for ))?(?:ago |since |after |was |is |out |post |from |of |for |at |i had |i got |had |got |did |my |the |a |our |when i |(?:i )?(?:do|did|make|made|have|have done|have made|take|took|receive|received) (?:me |myself |also )?(?:the |my |a )?|last |first |second |third |\\d(?:st|nd|rd|th) ){0,4}(?:${CORE}|${VISIT})(?!\\w)`,
);

/** A treatment told as done: "had it", "got mine done", "was needled", "left the clinic". */
export const DONE = new RegExp(
  '(?<!\\w|(?:havent|hasnt|didnt|not|never|havent even|yet to|dont|wasnt|get|to have) )(?:' +
    [
      '(?:had|got|did|gotten|have had|ive had) (?:it|mine|this|that one|one|them|both)(?! (?:in|on|all over|into) (?:my |the )?(?:eye|mouth|hair|shirt|pillow|lip))',
      '(?:had|got|did|gotten|have had|having had|ive had) (?:my |a |an |the |some |another |our )?(?:first |second |third |last |full |face |facial |neck |\\d(?:st|nd|rd|th) ){0,2}(?:' +
        CORE +
        '|' +
        VISIT +
        '|face done|neck done|stuff done)',
      `(?:i|we|have|ive) (?:made|make|done|do|received|taken|took|take) (?:my |a |the |an |this |first |second |third )*(?:${CORE}|treatment|procedure|session)`,
      '(?:it|mine|one|this|that|everything|face|neck|skin|scars?|chest|got|was|were|been|all|had) done',
      '(?:was|got|been) (?:treated|seen|in for)',
      '(?:was|came|went|been) in(?: there)?(?: on| at| for| to see)?(?= *$| *\\|| for | to )',
      '(?:all done|done|treated|needled) ?(?=\\|| on | at | around | this | last )',
      '(?<=\\| )(?:done|treated|needled)(?= *$)',
      'did (?:my |me |the |our )?(?:face|neck|chest|hands|scalp|stretch marks)',
      `(?:left|leaving|(?:walked|got|came|stepped|went|gotten|getting|been) (?:out of|out|home from|back from|away from|outta|home)) (?:the |your |my |yalls |there |from )*(?:clinic|office|spa|medspa|med spa|place|building|chair|it|there|${VISIT})`,
      '(?<!going |go |head |heading |run |running )(?:left|walked out of|out of|out) (?:of )?(?:there|(?:the|your|ur|yalls) (?:door|doors|parking lot|office|clinic|spa|place|building|salon|studio)|you guys|yall|you|ya|u|yours|your place|the place)',
      '(?:was|been|came|went|stopped|popped|dropped|swung|drove|headed)(?: back| over| down)? (?:in |at |to |into |by |over to )*(?:(?:your|yalls|ur) (?:office|clinic|spa|place|medspa|med spa|salon|studio|location)|the (?:clinic|medspa|med spa))',
      '(?:came|stopped|popped|dropped|swung|went)(?: back)? (?:in |by |over )*(?:to see|and saw|seeing) (?:you|yall|ya|u|dr|her|him|them)(?: guys)?',
      '(?:got|was|were|been) (?:stabbed|poked|pricked|jabbed|zapped|needled|microneedled|stamped|pricked)(?! (?:in|by(?! (?:your?|ur|the (?:nurse|doctor)|dr|doctor|doc|nurse|a?esthetician|jen)\\b)) )',
      '(?:was|came) there',
      `came(?: in| over| to you)? for (?:my |the |a |an )?(?:first |second )?(?:${CORE}|${VISIT})`,
      'who (?:came|was in|visited|saw you|was there)(?: in| to you| for \\w+)?(?= *\\|| on )',
      '(?<=^ ?)in (?:on|at) ?(?=\\|)',
      '^ ?(?:i )?(?:had |did )?(?:\\d|one|two|three|four|five|six) passes(?: (?:at|of|with) [\\d.]+ ?(?:mm)?)?(?= *\\|)',
      'last time (?:was|i (?:do|make|have|did|had|got|come|came|went)(?: it| this| in)?)',
      '(?:done|treated|needled) (?:with|by|at) (?:[a-z]+ ){1,6}(?= *\\|)',
      'we met',
      '(?:did|had|got) \\d(?:\\.\\d+)? ?(?:mm)? (?:on|all over)',
      `start(?:ed)? (?:my |the |a |with )?(?:${CORE})`,
      '(?:thank you|thanks|thx|ty)(?: (?:so|very|again|much|you|guys|all|a lot|a million))* for',
      'mine (?:started|began|ended|finished|ran|went|happened)',
      '(?:i|we|me|us) (?:both )?went(?: in)? together',
      `(?:doctor|dr|dr \\w+|nurse|she|he|they|lady|girl) (?:did|made|make|makes|do|does|gave|give) (?:me |us )?(?:the |my |a )?(?:${CORE}|needles|treatment|procedure|session)`,
      '(?<=^ ?(?:but |so |and |i |we |then |instead |finally )*)came(?: in)?(?= *\\|| on | at )',
      '(?:came|went|got|been) to (?:see )?(?:you|yall|ya|u|yours)(?: guys)?(?! (?:for help|with|about))',
      '(?:was|were|been) at (?:yours|urs|your place)',
      '(?<=\\| ?)at (?:yours|urs|(?:your|ur|yalls|the) (?:place|clinic|office|spa|medspa))(?! (?:tomorrow|next))',
      '(?:got|was|let) out(?= *$)',
      '(?<=^ ?(?:i )?)did (?:on )?(?=\\| ?(?:$|[.,]|only))',
      '(?:i was|ive been|was) with (?:you|yall|ya|u|her|him|them|you guys|dr)',
      '(?:i (?:came|attended|visited)|attended|visited)(?: in)?(?: to)?(?: (?:your|the|yalls) (?:clinic|office|spa|place|salon))?(?= *\\| ?(?:$|[.,]|for|and)| on | at )',
      'i was (?:your|the|her|his|their|yalls) ?(?=\\|)',
      'left(?: at| around| about| by)* ?(?=\\| ?(?:$|today|yesterday|[,.]|and))',
      'was (?:my|the) (?:day|date|turn|appointment|treatment|session)',
      '(?:my|the) (?:\\w+ )?thing was(?= | *$| *\\|)',
      '(?:i|we) went(?: in)?(?: on| at)? ?(?=\\| ?(?:$|[.,]|for my|for the|and|to (?:get|have) (?:it|my|micro|needl|treated|the)))',
      '(?:finished|completed|had|did) (?:up |with )?(?:my|the) (?:\\w+ )?one',
      'i (?:finished|wrapped up)(?! (?:my|a|an|the|work|eating|dinner|school|lunch|breakfast))',
      '(?:(?:had|got|getting) my )?(?:face|neck|chest|skin|scars?)(?: got| was)? (?:stabbed|poked|pricked|needled|rolled|stamped|jabbed|treated|zapped)',
      'ended up (?:being|on|going in|coming in|getting it|having it|doing it|in)(?: done)?',
      '(?:in|on|off|out of) (?:the|your|that) (?:\\w+ )?(?:chair|table|treatment bed)',
      '(?:in|out of) (?:the|your|that) (?:\\w+ )?bed',
      '(?:had|got|did) (?:like |about )?(?:\\d|one|two|three|four|five|six) passes',
      '(?:they|you|she|he|we|(?:a?esthetician|nurse|doctor|doc|dr|dr \\w+|provider|tech|injector|girl|lady)) (?:used|went|set|did)(?!\\w).{0,24}(?:needles?|mm|passes|depth)',
      '(?:had|got|did) (?:my|the) (?:first|second|third|last|1st|2nd|3rd)(?= \\|| on | at )',
      '(?:had|got|did|for) (?:my |the )?(?:(?:needle|needling|skin|face|pen|prp|derma\\w*|micro\\w*) thing|needles)',
      '(?:had|got|did) (?:my|the) thing',
      'walked out(?! (?:on|with|into|to))',
      '[a-z]+ (?:saw me|treated me(?! (?:to|for|like|with|bad|badly|well))|(?:needled|microneedled) (?:me|us|my \\w+))',
      '(?:went|been) under the needles?',
      'visited (?:you|yall|ya|u)(?: guys)?',
      'let me (?:out|go)',
      '(?:second|third|new|newest|latest|last|most recent|2nd|3rd) one(?: was| on| done)* (?=\\|)',
      'saw (?:you|yall|dr|the nurse|my provider)',
      '(?:they|she|he|you|u|you guys|yall|ya|we|nurse|doctor|doc|dr|dr \\w+|a?esthetician|provider|injector|therapist|girl|lady) (?:finished|did (?:it|me|my|mine)|treated|needled|did us|microneedled|saw me|had me in|worked on (?:me|my))',
      '(?:finished|ended|over|wrapped up|done|out of there|walked out|got out|let out|was out) (?:up )?(?=\\||at |around |about |by |like |on )',
    ].join('|') +
    ')(?!\\w)',
);

/** A treatment still to come: "getting it done", "my appointment is", "scheduled". */
export const COMING = new RegExp(
  '(?<!\\w)(?:(?:im|i am|ill be|were|^ ?) ?doing (?:it|mine|my|the|this)|(?:getting|being) (?:it|mine|my|this|a|microneed|needled|treated|derma)|having (?:it|mine|my|this|microneed)|(?:gonna|going to|will|ill) (?:get|have|be getting|be having) (?:it|mine|my face|microneed)|(?:supposed|about|hoping|planning|excited|nervous|plan|want|due|set|scheduled|gonna|will|going) (?:to )?(?:get|have|do|be|receive|undergo) (?:it done|mine|microneed|needled|poked|my (?:face|skin) (?:done|needled)|(?:my |the |a )?(?:' +
    CORE +
    '|' +
    VISIT +
    '))|(?<!\\w)(?:i|ill|we) see (?:you|yall|ya|u)(?! (?:have|had|can|are|got|that))|' +
    '(?:will|ill|gonna|going to|gna) be (?:treated|needled|microneedled)|if (?:i|we) (?:have|get|do|book) (?:it|mine|this|my|microneed|another)|(?:moved|rescheduled|pushed|changed|bumped|switched|shifted|postponed|delayed)(?: me| us| it| mine| (?:my|the) \\w+)? (?:to|back|till|until|for)|booked|(?:ive got|i have|got) a (?:booking|slot|reservation)|scheduled|upcoming|seeing (?:you|yall|dr|her|him)|(?<!(?:can|could|should|may|would|when|if|did|do|time|ok|once|before|after) )i (?:get|have|do) (?:mine|it)(?! (?:when|if|all|on my|in my|under|every))|i get (?:treated|needled|my)|coming (?:in|up)|going in|am going for|due for|set for|' +
    'i have (?:my|an|a|the)? ?(?:first |second |third |fourth |next |last |another |micro ?needling |\\d(?:st|nd|rd|th) )*(?:' +
    CORE +
    '|' +
    VISIT +
    ')|ive got (?:my|an|a) (?:' +
    CORE +
    '|' +
    VISIT +
    ')|' +
    '(?:my|the) (?:first |second |third |next |\\d(?:st|nd|rd|th) |micro ?needling |follow ?-?up )*(?:' +
    CORE +
    '|' +
    VISIT +
    ') is|get (?:it|mine|microneed\\w+) done|go in|before (?:my|the) (?:' +
    CORE +
    '|' +
    VISIT +
    '))',
);

/** Another visit than the one that matters: "my next session", "another treatment". */
export const NEXT_VISIT = new RegExp(
  `(?<!\\w)(?:another|next(?! (?:months?|weeks?|year|\\w+day)(?!\\w))|again|follow ?-?up|upcoming|more)(?: \\w+){0,2} ?(?:${CORE}|${VISIT}|one)?(?!\\w)`,
);
/** Asking to have one: "can i get a treatment". */
export const GET_ONE = new RegExp(
  `(?<!\\w)(?:get|have|do|book|schedule|move|change|reschedule|cancel|come|getting)(?: in)?(?: a| my| the| another| an| for)* (?:${CORE}|${VISIT}|it done)`,
);

/** Words of asking or planning. */
export const ASKING =
  /(?<!\w)(?:can (?:i|we|u|you)|(?:you|u) think (?:i|it)|could i|should i|may i|is it (?:ok|okay|safe|alright|fine|too)|ok to|okay to|ok for|okay for|safe to|safe for|allowed|when can|how soon|how long|would it|will (?:i|it|my|be)|ill be|im gonna|(?<!was )gonna|(?<!was )going to|want to|wanna|planning|plan to|plan on|thinking (?:of|about)|(?<!was )supposed to|have to|need to|got to|gotta|what about|how about|going (?:hiking|swimming|running|out)|leaving|flying|flight|wedding|dinner|party|event|gym|class|date night|beach|pool|ride|trip|vacation|concert|brunch|photos?|meeting|interview|school pics|ok if|okay if|alright if|cool if|too (?:early|soon)|tomorrow ok|possible)(?!\w)/;

/** A permission or plan asked, not a state: only here an amount with "after" is a duration. */
export const PERMISSION =
  /(?<!\w)(?:can (?:i|we)|could i|should i|may i|is it (?:ok|okay|safe|alright|fine|too)|ok to|okay to|safe to|allowed|when can|how soon|how long|do i (?:have|need)|until|wait|supposed to|avoid|no (?:makeup|gym|sun|sweating)|dont|start|resume|go back)(?!\w)/;

/** A state told or asked as one's own: "still red", "is this normal". */
export const OWN_STATE =
  /(?<!\w)(?:im|i am|its been|still|normal|here|my (?:face|skin)|hurts?|worried|should (?:it|my|this)|is this|is (?:my|this)|are these)(?!\w)/;

/** Something the patient noticed or that began: its time is not the treatment's. */
export const SYMPTOM =
  /(?<!\w)(?:start(?:ed|ing|s)?|began|begun|woke|wake|waking|notic(?:ed|ing)|got(?:ten)? (?:worse|bad|hot|red|bigger|really|so|more|a (?:fever|bump|rash|blister|breakout|cold sore))|getting|worse|worsened|appeared|popped up|showed up|came (?:up|on|out)|swelled|flared|broke|breaking|threw up|vomit\w*|fainted|passed out|bled|bleeding|blister\w*|fever|pus|ooz\w*|chills|rash|itch\w*|burn(?:ed|ing|s)?|hurt(?:s|ing)?|throbbing|felt|feels|feel|been (?:hot|red|itchy|swollen|sore|itching|burning|peeling|hurting|feeling)|was (?:red|fine|hot|swollen|better|ok|okay|normal|worse|itchy|so)|its (?:hot|red|swollen|itchy|worse)|looked|looks|peel(?:ed|ing)|swollen|sick|saw (?:a|some|my))(?!\w)/;

/** Something else the patient did: "i drank last night", "took advil 2 hours ago". */
export const ACTIVITY =
  /(?<!\w)(?:took|take|taken|put|used|use|using|applied|drank|drink|wore|worn|went (?:to|for|out|swimming|running|hiking|on)|ate|washed|slept|shaved|touch(?:ed)?|picked|popped|pick|worked out|work(?:ed)?|ran|run|swam|called|call|texted|emailed|asked|told|said|sent|cut|spilled|hit|tanned|sat|smoked|cleaned|scratched|rubbed|sweat(?:ed)?|showered|forgot|moistur\w+|bought|flew|drove|walked|played|sunburn\w*|exfoliat\w*|tried|did (?:retinol|a (?:mask|peel|workout|class)|yoga|my (?:makeup|hair|workout))|had (?:a |some |my )?(?:drink|drinks|wine|beer|facial|sauna|fever|party|wedding|coffee|period|dinner|lunch|glass|cocktails?)|broke out|been (?:to|in)|was (?:in|at|on|out))(?!\w)/;

/** Another procedure: "had botox 2 weeks ago". */
export const OTHER_PROCEDURE =
  /(?<!\w)(?:botox|dysport|xeomin|fillers?|juvederm|restylane|laser|ipl|bbl|(?<!(?<!\w)(?:to|will|i|still|should|it|does|did|skin|not|also|cheeks) )peel|chemical peel|hydrafacial|(?<=an? )facial(?! with)|dermaplan\w*|wax(?:ed|ing)?|hair (?:cut|dye|done|appointment|appt)|haircut|nails|lash(?:es)?|brows?|tattoo|surgery|dentist|dental|vaccine|shot|flu shot|tooth|root canal|mammogram|massage|accutane|antibiotics?|period|pregnant|baby(?! shower)|(?<!\b(?:for (?:my|her|his|our|the|a) (?:\w+ )?|(?:as|early|late|belated) (?:a |an |my )?(?:early |late )?))birthday(?! (?:treat|gift|present)\b)|(?<!\bfor (?:my|our|the|a) (?:\w+ )?)vacation|moved(?! (?:me|us|it|mine|my|the|to)\b)|pills?|valtrex|dermatologist|doctors?|gyno|therapist|physical|interview|hairdresser|barber|stylist|trainer|vet|optometrist|eye exam|orthodontist|chiro\w*|physio|booster|threaded|nail)(?!\w)/;

/** The patient corrects what was said before. */
export const CORRECTING =
  /(?<!\w)(?:(?:no|nah|nope|oh|ugh) wait|(?:no|nope),? (?:(?:my|the) (?:appointment|treatment|session|procedure|microneedling|visit)|i (?:had|got|did)|mine)|wait no|actually|sorry|i mean(?:t)?|meant|correction|scratch that|oops|my bad|rather|nvm|wrong|(?<!= ?)mistake(?! ?\?)|no it was|but (?:it|mine) was (?:really|actually|in fact)|not \w+day|(?:wasnt|isnt) (?:on )?\w+day)(?!\w)/;

const FILLER =
  'latest|newest|recent|most|i|it|its|but|idk|dunno|somewhere|one|two|three|four|five|six|seven|couple|few|ones|weeks|week|earlier|this|was|were|on|at|the|like|around|about|um|uh|uhh|umm|maybe|think|thinks|guess|so|my|appointment|treatment|yes|yeah|yep|ya|ok|okay|sorry|actually|no|wait|probably|prob|pretty|sure|just|only|in|of|first|second|if|whether|dont|unsure|forget|forgot|hi|hey|hello|thanks|thank|thx|you|approximately|roughly|oh|well|done|finished|ended|that|this|is|been|ago|had|got|did|me|mine|from|or|and|between|not|meant|mean|correction|say|lol|please|pls|time|pm|am|a|bit|think|believe|sometime|somewhere|exactly|hmm|to|im|by|days|hours|for|then|either|cant|remember|microneedling|session|out|today|last|then|over|mins|today|nvm|oops|id|would|be|right|correct|have|went|came|procedure|ish|late|early|close|there|ended|end|nope|scratch|when|which|exact|remember|lets|see|basically|know|slot|really|wasnt|isnt|werent|either|let|hmm|honestly|btw|fyi|anyway|anyways|guys|so|recall|hold|on|lol|haha|lmao|monday|tuesday|wednesday|thursday|friday|saturday|sunday|yesterday|morning|afternoon|night|noon';
const FILLERS = new Set(FILLER.split('|'));

/** An hour or a day that stands against the time: "not 12", "the 18th, no". */
const OTHER_TIME =
  /(?<!\w)(?:\d{1,2}\/\d{1,2}|(?:not|or|no wait|around|about) \d{1,2}|or (?:sat|sun)|\d{1,2}(?:st|nd|rd|th|am|pm|:\d\d))(?!\w)/g;

/** Whether words say nothing of their own, so that the time is all there is: "um i think it was (tuesday)". */
export function isFillerOnly(words: string): boolean {
  return (words.replace(OTHER_TIME, ' ').match(/[a-z0-9]+/g) ?? []).every((word) => FILLERS.has(word));
}
