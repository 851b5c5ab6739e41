import fc from 'fast-check';
import type { Knowledge } from '../../src/model/knowledge';

const EMOJI = ['🔥', '🤒', '🩸', '👍', '🙏', '❤️', '👩‍⚕️', '🇺🇸', '🤷🏽‍♀️', '1️⃣', '\u{1F9FF}'];
const RIGHT_TO_LEFT = ['أنا لا أستطيع التنفس', 'יש לי חום', '\u202Eabc\u202C', '\u2067pus\u2069'];
const CONTROL = ['\0', '\u0007', '\u001b[31m', '\u200b', '\uFEFF', '\uD800', '\uDC00', '\r\n', '\t', '\u0301\u0301\u0301', '\uFFFD'];
const NUMBERS = [
  '101.3',
  '7/10',
  '1-1 ',
  '24/7',
  '3 days ago ',
  '10-10 ',
  '38,5°C',
  '12/05/2025',
  '999999999999999999999',
  '-0',
  '1e9',
  '٣',
];
const MARKUP = [
  '<script>alert(1)</script>',
  '${7*7}',
  '{{x}}',
  '"; drop table messages; --',
  '\\',
  '%00',
  '**bold**',
  'https://a.example/?q=1',
];

/** Anything that a patient, a cat on a keyboard or an attacker may send; up to a little over the longest message. */
export function anyMessage(knowledge: Knowledge): fc.Arbitrary<string> {
  const utterances = [
    ...[...knowledge.flags.values()].flatMap((flag) => [...flag.words.says, ...flag.words.saysNot]),
    ...[...knowledge.topics.values()].flatMap((topic) => Object.values(topic.words.asks).flat()),
    ...[...knowledge.intents.values()].flatMap((intent) => intent.examples),
  ];
  const words = [...new Set(utterances.flatMap((text) => text.split(/\s+/)))];
  const odd = fc.constantFrom(...EMOJI, ...RIGHT_TO_LEFT, ...CONTROL, ...NUMBERS, ...MARKUP);
  const piece = fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(...words) },
    { weight: 2, arbitrary: odd },
    { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 12 }) },
    { weight: 1, arbitrary: fc.constantFrom('.', '...', '?', '!', ',', '\n', 'no', 'not', 'but', 'and', 'can', 'i') },
  );
  const mixture = fc.array(piece, { maxLength: 60 }).map((pieces) => pieces.join(' '));
  const run = fc.tuple(piece, fc.constantFrom('', ' ', '-', ', ')).map(([text, gap]) => (text + gap).repeat(2100).slice(0, 2100));
  return fc.oneof(
    { weight: 4, arbitrary: mixture },
    { weight: 2, arbitrary: fc.string({ unit: 'grapheme', maxLength: 200 }) },
    { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 2100 }) },
    { weight: 2, arbitrary: run },
    { weight: 2, arbitrary: fc.array(fc.constantFrom(...utterances), { minLength: 1, maxLength: 40 }).map((all) => all.join(' ')) },
    { weight: 1, arbitrary: fc.array(fc.constantFrom(...words), { minLength: 200, maxLength: 500 }).map((all) => all.join(' ')) },
  );
}
