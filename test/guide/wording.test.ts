import { findWordingFaults } from '../../src/guide/find-wording-faults';
import { ALLOWED_GRADES, ALLOWED_LONG_WORDS, UNGRADED } from '../../src/guide/wording-rules';
import type { Flag, Knowledge, Topic } from '../../src/model/knowledge';
import { realKnowledge, topicOf } from './real-knowledge';

const real = realKnowledge();

function flagOf(id: string): Flag {
  const flag = real.flags.get(id);
  if (!flag) throw new Error(`Finding the flag failed: expected ${id} in knowledge/red-flags.`);
  return flag;
}

/** The shipped knowledge with one answer of makeup in other words. */
function withAnswer(text: string, say = 'general'): Knowledge {
  const makeup = topicOf('makeup');
  const topic: Topic = { ...makeup, words: { ...makeup.words, answers: { ...makeup.words.answers, [say]: text } } };
  return { ...real, topics: new Map([...real.topics, ['makeup', topic]]) };
}

/** The shipped knowledge in which one flag tells or asks something else. */
function withFlag(id: string, words: Partial<Pick<Flag['words'], 'told' | 'question'>>): Knowledge {
  const flag = flagOf(id);
  return { ...real, flags: new Map([...real.flags, [id, { ...flag, words: { ...flag.words, ...words } }]]) };
}

function withPhrase(name: string, text: string): Knowledge {
  return { ...real, language: { ...real.language, phrases: { ...real.language.phrases, [name]: text } } };
}

test('no text that can reach a patient breaks a wording rule', () => {
  expect(findWordingFaults(real)).toEqual([]);
});

test('a fault names file and field', () => {
  expect(findWordingFaults(withAnswer('It is safe.'))).toEqual(['microneedling/topics/makeup/en.yaml: answers.general: "safe" guarantees']);
  expect(findWordingFaults(withPhrase('clarify', 'Do not worry.'))).toEqual([
    'language/en.yaml: phrases.clarify: "Do not worry" reassures',
  ]);
  expect(findWordingFaults(withFlag('U02', { question: 'Is it just wet?' }))).toEqual([
    'red-flags/u02-pus/en.yaml: question: "just" plays down',
  ]);
});

describe('no answer says', () => {
  test.each([
    'You have an infection.',
    'You may have a rash.',
    'It sounds like herpes.',
    'That looks like a burn.',
    'This is likely an allergy.',
    'There is nothing to worry about.',
    "Don't worry.",
    "You're fine.",
    'You will be okay.',
    'It will pass.',
    'This is common.',
    'It is probably dry skin.',
    'It is just dry skin.',
    'This is safe.',
    'You can use it safely.',
    'You will see a glow.',
    'We promise a glow.',
    'It will heal.',
    'The doctor will call.',
    'Our nurse will call.',
    'Ask the RN.',
    'I understand how you feel.',
    'Take ibuprofen for it.',
    'Stop taking aspirin.',
    'Use 200 mg of it.',
    'Use it twice a day.',
    'Use it every 6 hours.',
    'Wait and see.',
  ])('"%s"', (text) => {
    expect(findWordingFaults(withAnswer(text))).not.toEqual([]);
  });
});

describe('an answer may say', () => {
  test.each([
    'Call if you have an infection.',
    'Our on-call nurse will call.',
    'Do not stop a prescribed medicine on your own.',
    'Your guide makes no promise for you.',
    'Call if you feel unsafe.',
    "I can't diagnose.",
    'Do you take a blood thinner?',
  ])('"%s"', (text) => {
    expect(findWordingFaults(withAnswer(text))).toEqual([]);
  });
});

describe('the form of a text', () => {
  test.each([
    ['Administer professional dermatological preparations exclusively.', 'expected grade 6 or easier'],
    [`Keep it ${'very '.repeat(20)}dry.`, 'expected sentences of at most 20 words, got 23'],
    ['Keep the skin dry and cool and do not pick at it at all.', 'expected 12 words a sentence or fewer on average, got 14.0'],
    ['Use an unperfumedly plain one.', 'got "unperfumedly"'],
    ['Not yet!', 'expected no exclamation mark'],
    ['Not yet — wait.', 'expected characters of a plain SMS, got "—"'],
    ['Your clinic’s okay.', 'expected characters of a plain SMS, got "’"'],
    ['Keep it dry. '.repeat(16), 'expected at most 200 characters'],
    ['Call {nurse} now.', 'nothing fills {nurse} here'],
    ['It is {asked} now.', 'nothing fills {asked} here'],
    ['Not before {opens}.', '{opens} stands where no allowed window follows or the hour does not count'],
  ])('%s', (text, fault) => {
    expect(findWordingFaults(withAnswer(text)).join('\n')).toContain(fault);
  });

  test('{opens} fits a window with an allowed one after it, and no window that is open', () => {
    expect(findWordingFaults(withAnswer('Not before {opens}.', 'before'))).toEqual([]);
    expect(findWordingFaults(withAnswer('Not before {opens}.', 'secondDay'))).toEqual([
      expect.stringContaining('answers.secondDay: {opens} stands where'),
    ]);
  });

  test.each(['Use no sunscreen.', 'Skip sunscreen and creams.', 'Do not put sunscreen on it.', 'Sunscreen can start at 24 hours.'])(
    '"%s" needs shade beside it',
    (text) => {
      expect(findWordingFaults(withAnswer(text))).toEqual([expect.stringContaining('wherever sunscreen is held back')]);
      expect(findWordingFaults(withAnswer(`${text} Stay out of the sun.`))).toEqual([]);
    },
  );
});

describe('the texts of red flags', () => {
  test('"normal" stands in none', () => {
    expect(findWordingFaults(withFlag('U01', { question: 'Is that normal for you?' }))).toEqual([
      expect.stringContaining('"normal" reassures'),
    ]);
  });

  test('an emergency begins with 911 and has at most five sentences', () => {
    expect(findWordingFaults(withFlag('E01', { told: 'Please call us.' }))).toEqual([
      expect.stringContaining('expected it to begin with "Call 911"'),
    ]);
    expect(findWordingFaults(withFlag('E01', { told: `Call 911. ${'Sit up. '.repeat(5)}` }))).toEqual([
      expect.stringContaining('expected at most 5 sentences, got 6'),
    ]);
  });

  test('self-harm names 988 and 911 and has at most eight sentences', () => {
    expect(findWordingFaults(withFlag('E09', { told: 'Thank you for telling me.' }))).toEqual([
      expect.stringContaining('expected the crisis line 988 and 911'),
    ]);
    expect(findWordingFaults(withFlag('E09', { told: `Call 988 or 911. ${'Sit up. '.repeat(8)}` }))).toEqual([
      expect.stringContaining('expected at most 8 sentences, got 9'),
    ]);
  });

  test('emergency and urgent texts are read in grade 5', () => {
    const gradeSix = 'Please call {clinic}. Moisturizer and lukewarm water stay off.';
    expect(findWordingFaults(withFlag('U02', { told: gradeSix }))).toEqual([expect.stringContaining('expected grade 5 or easier')]);
    expect(findWordingFaults(withFlag('C01', { told: gradeSix }))).toEqual([]);
  });
});

describe('the allow lists', () => {
  const texts = [
    ...[...real.topics.values()].flatMap((topic) => Object.values(topic.words.answers)),
    ...[...real.flags.values()].flatMap((flag) => [flag.words.told, flag.words.question]),
    ...[...real.intents.values()].flatMap((intent) => Object.values(intent.answers ?? {})),
    ...Object.values(real.language.phrases),
  ]
    .join(' ')
    .toLowerCase();

  test('hold no word that no text uses any more', () => {
    expect(Object.keys(ALLOWED_LONG_WORDS).filter((word) => !texts.includes(word))).toEqual([]);
  });

  test('give a reason for each entry', () => {
    const reasons = [ALLOWED_LONG_WORDS, ALLOWED_GRADES, UNGRADED].flatMap((list) => Object.values(list));
    expect(reasons.filter((reason) => reason.length < 10)).toEqual([]);
  });
});
