import { testMinds } from '../house';
import { assessOnce } from '../metamorphic/hear';

const assess = (text: string) => assessOnce(testMinds())(text, 20).disposition;

it.each([
  'my throat started closing when i was driving home',
  'before i got home my throat was closing',
  'when i had dinner my tongue started swelling',
  'in the past hour my lips have swollen up',
  'im not used to this, cant breathe well',
])('what happened today is an emergency, whatever the patient was doing: %s', (text) => expect(assess(text)).toBe('emergency'));

it.each([
  'it started oozing pus when i was at work',
  'in the past two days it has been oozing green',
  'the vitamin c serum ran in my eye when i was half asleep and it burns',
  'as i was putting my kid to bed a blister came up on my cheek',
])('what happened today is urgent, whatever the patient was doing: %s', (text) => expect(assess(text)).toBe('urgent'));

it.each([
  'when i was a kid i got hives from penicillin, can i shower',
  'i had hives in the past from nuts',
  'when i had braces my gums bled. can i swim',
  'the dog threw up on the rug and my face is a bit puffy',
  'my mom fainted at hers, not me. can i run tomorrow',
  'no im not having trouble breathing, i asked about the sauna',
  'i have chapped lips every winter and im puffy on my cheeks',
  'im a bit puffy, can i go to the beach',
  'my face is a little swollen. when do i start retinol',
  'i have a little swelling is that ok',
  'the wifi is dying here. my face is swollen but calmer than yesterday',
  'how common are burns with this',
  "i'm black so i cant see redness, its just a bit warm",
])('nothing of it is a danger to the patient now: %s', (text) => expect(['none', 'self_care', 'ask_clinic']).toContain(assess(text)));

it.each([
  'i fell asleep at the beach and my face is burnt and swollen',
  'since i put the retinol on my cheeks are swollen and itchy',
  'my toddler is floppy and wont wake up',
  'my skin is black in one spot and it hurts',
])('a cause that was, a child and a dark spot still page: %s', (text) => expect(['urgent', 'emergency']).toContain(assess(text)));

it.each([
  'lol my cheek is kinda black in one spot prob just a bruise',
  'its in my lips now',
  'it moved down to my throat',
  'i have my pills counted out on the bed',
])('neither a soothing guess nor a missing word takes an emergency away: %s', (text) => expect(assess(text)).toBe('emergency'));

it.each(['which concealer covers green ooze', 'can i put foundation over the pus'])('what is to be covered is there: %s', (text) =>
  expect(['urgent', 'emergency']).toContain(assess(text)),
);

it.each([
  'how long til im back to 100%',
  'theres retinol in my eye cream, skip it?',
  'my red eye leaves at 11 tonight',
  'my wallet is bleeding lol how much was it',
  'lobster face 3 hrs later. this right?',
  'tanning bed before the cruise so i dont burn?',
  'lip balm got in my lips now',
  'nothing black or purple, just pink. can i run',
  'be honest, am i going to regret the gym',
  'how many do i need, my friend said 1 and the girl said 6',
])('nobody has to look at it: %s', (text) => expect(['none', 'self_care']).toContain(assess(text)));

it.each([
  'blisters that werent there before the needling',
  'green gunk that wasnt there before the appointment',
  'never had hives before my treatment',
  'i didnt have these blisters before',
])('what was not there before is there now: %s', (text) => expect(['urgent', 'emergency']).toContain(assess(text)));

it.each(['i had blisters before my session from a burn, all gone now', 'had a rash before the appointment but its gone'])(
  'what was there before is over: %s',
  (text) => expect(['none', 'self_care', 'ask_clinic']).toContain(assess(text)),
);

it.each([
  'wifes lips went huge after the session',
  'mums face went purple after you did her',
  'gf got 1ml in her lips, one half stays chalk when she presses it',
  'hubby used the toner as mouthwash and swallowed',
])('what our own treatment did to another person is not over: %s', (text) => expect(assess(text)).toBe('emergency'));

it.each([
  'my friend had blisters after hers, mine are fine',
  'coworker fainted at hers. is that gonna be me next week',
  'my neighbours skin went raw after hers and mine hasnt',
])('another place, another person: %s', (text) => expect(['none', 'self_care', 'ask_clinic']).toContain(assess(text)));

it.each([
  'which spf is best for a raw open patch',
  'whats a good spf for over an oozing spot',
  'how do u get pus outta eyebrow hair',
  'best way to wash ooze off my chin',
])('what something is wanted for is there: %s', (text) =>
  expect(['urgent', 'emergency']).toContain(assessOnce(testMinds())(text, 40).disposition),
);

it.each([
  'if it blistered what would i do',
  'if i ever had to cover an oozing spot what would you use',
  'suppose one got a blister, would one still use the cream',
])('what is only supposed is not there: %s', (text) => expect(['none', 'self_care', 'ask_clinic']).toContain(assess(text)));

it.each([
  'its for the temperature, i forgot to say, its been 101 or so since lunch',
  'half of my face has gone just numb',
  'the redness has gone past my jaw onto my neck',
])('neither a filler nor a vague number hides it: %s', (text) =>
  expect(['urgent', 'emergency']).toContain(assessOnce(testMinds())(text, 40).disposition),
);

it.each([
  'im at 101 or so hours, can i run',
  'can i just talk to a human pls',
  'hot cold or warm water when i wash it',
  'several spots are a bit pink',
  'at noon i got it done. lipstick?',
])('it only sounds like a danger: %s', (text) => expect(['none', 'self_care', 'ask_clinic']).toContain(assess(text)));

it.each([
  ['tengo la lenuga hinchada', 'emergency'],
  ['mi cara esta hinchada y con fiebrre', 'urgent'],
  ['puedo usar maquillaje hoy', 'none'],
])('a slip in another language is read: %s', (text, tier) => expect(assess(text)).toBe(tier));

it.each([
  'had my stomach done. the smell when i lift my shirt up is not good',
  'odor. embarrassing to ask. coming off my chin not my mouth',
  'rash went past my face its on my chest now, started after that cream u sold me',
  'which concealer shade covers green ooze lol no but really can i put concealer on it',
  'the redness has crossed my jaw and is going down my neck',
  'still on antibiotics from urgent care for the infection and its not shifting',
])('told shyly or beside something else, it is there: %s', (text) =>
  expect(['urgent', 'emergency']).toContain(assessOnce(testMinds())(text, 60).disposition),
);
