import { testMinds } from '../house';

const NOW = Date.UTC(2026, 2, 9, 15);
const TREATED = { from: NOW - 30 * 3_600_000, to: NOW - 30 * 3_600_000 };

const topicsOf = (text: string): string[] => {
  const about = { now: NOW, zone: 'America/New_York', treatedAt: TREATED, lastQuestions: [], awaiting: null };
  return testMinds()
    .understand(text, about)
    .questions.map(({ topic }) => topic);
};

it.each([
  ['the photographer for the wedding comes at ten. is foundation ok', 'makeup', 'photo_sent'],
  ['just looked at the receipt, it was wednesday at 5. may i go to aerobics at one', 'exercise', 'price_booking'],
  ['two mineral or chemical sunscreens in the drawer, which one for sensitive skin types', 'sunscreen', 'hyperpigmentation'],
])('"%s" asks about %s only, what is told in passing goes to nobody', (text, wanted, inPassing) => {
  const topics = topicsOf(text);
  expect(topics).toContain(wanted);
  expect(topics).not.toContain(inPassing);
});

it('answers both where the guide is silent on both', () =>
  expect(topicsOf('can i sleep on my stomach and can the dog sleep in my bed')).toEqual(expect.arrayContaining(['sleeping', 'pets'])));

it.each([
  ['can i use a fragrance-free moisturizer', null],
  ['can i use a scented moisturizer', 'fragranced'],
])('a product that is free of something is no special form of it: %s', (text, variant) => {
  const about = { now: NOW, zone: 'America/New_York', treatedAt: TREATED, lastQuestions: [], awaiting: null };
  expect(testMinds().understand(text, about).questions[0]).toMatchObject({ topic: 'moisturizer', variant });
});

it.each([
  'i ate fries, can i run',
  'several friends had it, is makeup ok',
  'the universe is against me. can i run',
  'i got good news, can i run',
])('words that only look like others name nothing: %s', (text) => expect(topicsOf(text).length).toBe(1));
