/**
 * What calm messages are made of: nothing here tells of a danger to the patient's treated skin or body, however dangerous its words.
 * Each piece is a whole statement, so that any of them may stand beside any other.
 */

/** Ways to begin. */
export const OPENERS = [
  'hi',
  'hey there',
  'hello dear',
  'ok so',
  'quick q',
  'question for you',
  'sorry its late',
  'good evening',
  'not urgent',
  'dumb question maybe',
  'first timer here',
  'long time client',
  'its lisa again',
  'i looked at the leaflet',
  'my mom wants to know something',
];

/** Everyday life, with the words of emergencies in it. */
export const IDIOMS = [
  'the wifi is dying here',
  'traffic was murder',
  'i could kill for a coffee',
  'i slept like the dead',
  'my phone is about to die',
  'i nearly died when i saw the price',
  'i was dying to try this',
  'the red light was blinding',
  'it was freezing in the room',
  'im dying of boredom at home',
  'my boss will have a stroke if i call in sick',
  'my husband nearly had a heart attack when he saw the bill',
  'this heat is killing me',
  'my kids wont stop staring',
  'my husband says i look like a tomato',
  'my toddler hid from me lol',
  'im bleeding money this month',
  'my schedule is a train wreck',
  'i blew up at my sister today',
  'the ac is broken and the house is an oven',
];

/** Other people and animals; what another grown person has now is no part of it, as it may be told for them (M11). */
export const OTHERS = [
  'my mom fainted at hers, not me',
  'my friend got an infection from a cheap place once but mine was done at your clinic',
  'my sister had hers last year and peeled for a week',
  'i read online that people get burned',
  'i saw a video where a girl got blisters',
  'my cousin got scars from a home roller',
  'the baby has a fever',
  'my husband has a cold sore',
  'my dog threw up on the rug',
  'my toddler has pink eye',
  'my cat bit my husband',
  'my dad is on blood thinners',
];

/** The patient's own body, but another part, an old story or something that is always so. */
export const ELSEWHERE = [
  'my knee is killing me from running',
  'i burned my hand on the oven last week',
  'i cut my finger cooking',
  'my tooth hurts, dentist friday',
  'my eyes are itchy from pollen like every spring',
  'my back is out',
  'its that time of the month',
  'i got stung by a bee on my foot',
  'my stomach is growling',
  'my contacts are dry',
  'i have chapped lips every winter',
  'my shoulder is sore from the gym',
  'i have a blister on my heel from new shoes',
  'i fainted at the dentist as a kid',
  'i had hives once from penicillin years ago',
  'i poked my eye with mascara last year',
  'i had a fever last winter with the flu',
  'i almost cried during it lol',
  'i bled a little during it, that was over before i left',
  'you numbed me for 45 minutes',
];

/** Who the patient is and what is going on. */
export const LIFE = [
  'my daughter graduates saturday',
  'i run a daycare',
  'i have a zoom at 9',
  'my cat sleeps on my pillow',
  'im flying to denver tomorrow',
  'its my birthday week',
  'i teach kindergarten',
  'im a nurse on nights',
  'i work construction',
  'i live in phoenix and its 110 out',
  'my ex will be at the party',
  'im a guy so idk skincare',
  'i had acne as a teen',
  'the girl said it was 1.5 mm',
  'i wear glasses',
  'i play soccer',
  'my skin is usually oily',
  'im brown skinned',
  'the numbing cream smelled like cherries',
  'i got it done before my reunion',
  'im 41 and new to this',
];

/** Signs as the guide expects them on the first day; {} is one of `EXPECTED`. */
export const TELLINGS = [
  'im {} on my cheeks',
  'my face is {} but calmer than yesterday',
  'its {} around my nose',
  'im a little {} on the forehead only',
  'just {}',
  'im a bit {} and thats all',
  'skin is {} but less',
  'my face feels {}, no pain',
  'im {} like a mild sunburn',
  'a little {} by my jaw',
  'i look {} in the mirror',
  'both cheeks are {} the same',
];
export const EXPECTED = ['red', 'pink', 'puffy', 'tight', 'dry', 'warm', 'tender', 'swollen', 'dark pink', 'sensitive'];

/** Dangers that are denied. */
export const DENIALS = [
  'no fever',
  'no pus',
  'no blisters',
  'nothing oozing',
  'not spreading',
  'breathing fine',
  'my eyes are fine',
  'not hot',
  'no chills',
  'doesnt hurt',
  'no rash',
  'no smell',
  'not bleeding',
  'i feel great',
  'im eating and sleeping normal',
  'temp was 98.2',
  'temp 36.8',
  'no yellow stuff',
  'no itching',
  'vision is fine',
  'no hives',
  'not getting worse',
];

/** What is asked: about aftercare, or to learn about dangers. */
export const QUESTIONS = [
  'can i wear makeup',
  'is foundation ok',
  'when can i go to the gym',
  'can i run tomorrow',
  'is a glass of wine ok',
  'can i shower',
  'can i take a hot bath',
  'when do i start retinol',
  'is vitamin c ok now',
  'can i use my cleanser',
  'what moisturizer should i use',
  'is sunscreen ok yet',
  'can i sit by the pool',
  'can i go to the beach',
  'can i swim',
  'how long does the redness last',
  'when does the peeling stop',
  'is that normal',
  'should i worry',
  'will it scar',
  'how many sessions do i need',
  'when are results',
  'can i sleep on my side',
  'how much water should i drink',
  'can i use ice',
  'can i take tylenol',
  'does it work on stretch marks',
  'can i wax my lip',
  'can i get botox next week',
  'can i color my hair',
  'can i vape',
  'when is my next appointment',
  'do i need a new pillowcase',
  'is sauna ok',
  'how would i know if it got infected',
  'what should i look out for',
  'whats a bad reaction look like',
  'can people get scars from this',
  'what if i get a fever',
  'is it common to bleed',
  'could it get infected from my dog',
  'what happens if i pick at it',
  'does it hurt more the second time',
  'is neosporin ok',
  'can i use my tret',
  'can i go hiking',
  'can i cook over a hot stove',
  'can i kiss my boyfriend',
  'is spicy food ok',
  'can i wear my helmet',
  'can i drive',
];

/** Ways to end. */
export const ENDS = ['thanks', 'thx', 'lol', 'pls answer fast', 'no rush', '🙏', 'sorry for the essay', '', '', ''];

/** What stands between two statements. */
export const JOINTS = ['. ', ', ', ' and ', ' but ', '... ', ' ', '\n'];
