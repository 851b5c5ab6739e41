import fc from 'fast-check';
import { countSms, findNonGsm7, fitsSms, MOST_SMS_UNITS, toSmsText } from '../../src/guide/sms-text';

describe('a text becomes a plain SMS', () => {
  test.each([
    ['typographers’ quotes', '“Don’t” say ‘no’ «yes»', '"Don\'t" say \'no\' "yes"'],
    ['a dash between words', 'Not yet — wait', 'Not yet - wait'],
    ['a dash between numbers', '24–48 hours', '24-48 hours'],
    ['an ellipsis', 'So…', 'So...'],
    ['bullets', '• shade\n• hat', '- shade\n- hat'],
    ['degrees', '38 °C or 100.4°F', '38 C or 100.4 F'],
    ['a hard and a thin space', '3 pm,\u00a0call\u2009me', '3 pm, call me'],
    ['accents the alphabet has', 'piña, Zoë, à, é', 'piña, Zoe, à, é'],
    ['accents it lacks', 'José, façade, naïve, Ángel', 'José, facade, naive, Angel'],
    ['ligatures and wide letters', 'ﬁne ｏｋ', 'fine ok'],
    ['emoji', 'Thanks 👍🏽, see you ❤️', 'Thanks , see you'],
    ['a script it does not know', 'ok 你好 ok', 'ok ok'],
    ['comparisons and fractions', '≥ 24 h, ½ cup, 2 × 2', '>= 24 h, 1/2 cup, 2 x 2'],
    ['line ends of another system', 'one\r\ntwo\rthree', 'one\ntwo\nthree'],
    ['spaces too many', ' one  two \n\n\n\n three', 'one two\n\nthree'],
  ])('with %s', (_, text, expected) => {
    expect(toSmsText(text)).toBe(expected);
  });

  test.each([
    ['**Not** yet', 'Not yet'],
    ['__Not__ yet, *really*, _really_', 'Not yet, really, really'],
    ['# Today\nshade', 'Today\nshade'],
    ['* shade\n+ hat', '- shade\n- hat'],
    ['> quoted', 'quoted'],
    ['`code`', 'code'],
    ['see [the guide](https://x.example/a)', 'see the guide https://x.example/a'],
  ])('without Markdown: %s', (text, expected) => {
    expect(toSmsText(text)).toBe(expected);
  });

  test.each(['SPF 30+ * 2', 'snake_case_word', 'a - b', '5 > 3', '#41'])('"%s" is no Markdown', (text) => {
    expect(toSmsText(text)).toBe(text);
  });

  test('whatever it was, it is GSM-7 afterwards', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (text) => {
        expect(findNonGsm7(toSmsText(text))).toBeNull();
      }),
    );
  });
});

describe('the parts of an SMS', () => {
  test.each([
    ['nothing', '', 'gsm7', 0, 0],
    ['160 plain characters', 'a'.repeat(160), 'gsm7', 160, 1],
    ['161', 'a'.repeat(161), 'gsm7', 161, 2],
    ['306', 'a'.repeat(306), 'gsm7', 306, 2],
    ['307', 'a'.repeat(307), 'gsm7', 307, 3],
    ['80 of the extension table', '€'.repeat(80), 'gsm7', 160, 1],
    ['81 of them', '['.repeat(81), 'gsm7', 162, 2],
    ['one of them where a part ends', `${'a'.repeat(152)}€${'a'.repeat(152)}`, 'gsm7', 306, 3],
    ['70 that are not in the alphabet', '你'.repeat(70), 'ucs2', 70, 1],
    ['71', '你'.repeat(71), 'ucs2', 71, 2],
    ['134', '你'.repeat(134), 'ucs2', 134, 2],
    ['135', '你'.repeat(135), 'ucs2', 135, 3],
    ['35 emoji, two units each', '😀'.repeat(35), 'ucs2', 70, 1],
    ['an emoji where a part ends', `${'你'.repeat(66)}😀${'你'.repeat(66)}`, 'ucs2', 134, 3],
    ['one curly quote among plain characters', `${'a'.repeat(70)}’`, 'ucs2', 71, 2],
  ] as const)('%s', (_, text, alphabet, units, segments) => {
    expect(countSms(text)).toEqual({ alphabet, units, segments });
  });

  test('two parts hold 306 units', () => {
    expect(MOST_SMS_UNITS).toBe(306);
    expect(fitsSms('a'.repeat(306))).toBe(true);
    expect(fitsSms('a'.repeat(307))).toBe(false);
  });
});
