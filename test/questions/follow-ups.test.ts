import { testMinds } from '../house';

const NOW = Date.UTC(2026, 2, 9, 15);
const TREATED = { from: NOW - 10 * 3_600_000, to: NOW - 10 * 3_600_000 };

/** What patients write after an answer that leans on it and names nothing anew. */
const ON_A_RULE = `even for 5 minutes?
and if i only do a little bit
not even a tiny amount??
what if im super careful
but my friend did it the next day
so when then
how much longer
why not though
can i just do it anyway
is that a hard no
even if my skin looks totally fine
are you sure
but the girl at the desk said it was ok
cant i do it for like ten min
its a really gentle one
its the natural kind though
mine is the cheap one from target
and if i skip my forehead
what about on my neck
and my neck?
i wont do it hard
what if i rinse right after
so thats a no
suppose the nurse looks at it and says that she is happy, would that settle it
i make it ten hours and not half a day if that is how you count. does that change your answer
the gentle kind, my sisters
how many more hours then
is that for everybody
by friday then?
even with a fan on
pretty please
ugh ok. and tomorrow
any exceptions
my doctor prescribed it
indoors tho
been doing it for years no problem
my sheet says different
your website said it was fine
and if i did already?`.split('\n');
const ON_A_SIGN = `its not getting worse tho
same on both sides
just on my forehead
only when i touch it
since the appointment
how long will it last
when does it go away
mostly around my nose
kind of comes and goes
more in the evening
its the same as yesterday
last time i didnt have this
it was done only yesterday, and it is no worse than last night
still there but less
so its fine?
so nothing to worry about
very slight
and on my neck? they did that too
theyre dry, not sore`.split('\n');

const carriesOn = (question: string, followUp: string): boolean => {
  const { understand } = testMinds();
  const about = { now: NOW, zone: 'America/New_York', treatedAt: TREATED, awaiting: null };
  const { questions } = understand(question, { ...about, lastQuestions: [] });
  const next = understand(followUp, { ...about, lastQuestions: questions });
  return next.questions.some(({ topic, source }) => source === 'carried' && topic === questions[0]?.topic);
};

it.each(ON_A_RULE)('after a rule, "%s" is about that rule', (followUp) => {
  for (const question of ['can i go to the gym', 'can i use my retinol tonight', 'is the sauna ok'])
    expect([question, carriesOn(question, followUp)]).toEqual([question, true]);
});

it.each(ON_A_SIGN)('after a sign, "%s" is about that sign', (followUp) => {
  for (const question of ['my face is red is that normal', 'my face feels tight'])
    expect([question, carriesOn(question, followUp)]).toEqual([question, true]);
});

it('asks the same of another thing that is named', () => {
  const { understand } = testMinds();
  const about = { now: NOW, zone: 'America/New_York', treatedAt: TREATED, awaiting: null };
  const { questions } = understand('how many sessions for fine lines', { ...about, lastQuestions: [] });
  const next = understand('and for my acne scars?', { ...about, lastQuestions: questions }).questions.map(({ topic }) => topic);
  expect(next).toEqual(expect.arrayContaining(['sessions_number', 'benefits_scars']));
});

it('takes the form of a product that a follow-up names', () => {
  const { understand } = testMinds();
  const about = { now: NOW, zone: 'America/New_York', treatedAt: TREATED, awaiting: null };
  const { questions } = understand('can i use a moisturizer tonight', { ...about, lastQuestions: [] });
  const next = understand('its scented but barely', { ...about, lastQuestions: questions });
  expect(next.questions).toMatchObject([{ topic: 'moisturizer', variant: 'fragranced', source: 'carried' }]);
});

it.each([
  'when can i put makeup on',
  'thanks so much',
  'talk to a person please',
  'is peeling normal',
  'what is your address',
  'my friend is coming over tomorrow with a cake and we will sit on the sofa and talk all night long i cant wait',
])('"%s" does not lean on the answer before', (text) => expect(carriesOn('can i go to the gym', text)).toBe(false));
