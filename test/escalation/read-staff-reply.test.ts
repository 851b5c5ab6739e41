import fc from 'fast-check';
import { readStaffReply } from '../../src/escalation/read-staff-reply';

const acknowledge = (ref: number | null) => ({ kind: 'acknowledge', ref });
const passOn = (ref: number | null) => ({ kind: 'pass_on', ref });
const close = (ref: number | null, reason?: string) => (reason === undefined ? { kind: 'resolve', ref } : { kind: 'resolve', ref, reason });
const unknown = { kind: 'unknown' };

describe('a text of a member of staff', () => {
  it.each([
    ['12a', acknowledge(12)],
    ['12 A', acknowledge(12)],
    [' 12a. ', acknowledge(12)],
    ['12-a', acknowledge(12)],
    ['“12a”', acknowledge(12)],
    ['#12 a!', acknowledge(12)],
    ['Ref 12 a', acknowledge(12)],
    ['012a', acknowledge(12)],
    ['12 ack', acknowledge(12)],
    ['12a thanks', acknowledge(12)],
    ['12a, on', unknown],
    ['ack', acknowledge(null)],
    ['Ack.', acknowledge(null)],
    ['ack 12', acknowledge(12)],
    ['ACK  #12', acknowledge(12)],
    ['Ack12', acknowledge(12)],
    ['ack 12a', acknowledge(12)],
    ['ack ref 12', acknowledge(12)],
    ['got it', acknowledge(null)],
    ['Got it 12', acknowledge(12)],
    ['ok', acknowledge(null)],
    ['OK!', acknowledge(null)],
    ['Okay, thanks', acknowledge(null)],
    ["I'm on it", acknowledge(null)],
    ['12e', passOn(12)],
    ['12 E', passOn(12)],
    ['escalate 12', passOn(12)],
    ['pass on 12', passOn(12)],
    ['not me', passOn(null)],
    ['12c', close(12)],
    ['12 closed', close(12)],
    ['close 12', close(12)],
    ['12c1', close(12, 'spoke_with_patient')],
    ['12 c 2', close(12, 'sent_to_emergency_care')],
    ['12C3', close(12, 'seen_at_clinic')],
    ['12c4.', close(12, 'advice_by_message')],
    ['12c5', close(12, 'false_alarm')],
    ['help', { kind: 'help' }],
    ['?', { kind: 'help' }],
  ])('"%s" means %j', (text, meaning) => {
    expect(readStaffReply(text)).toEqual(meaning);
  });

  it.each([
    '',
    '12',
    'a b',
    '12a3',
    '12c0',
    '12c6',
    '12c33',
    '12a 13a',
    '12ae',
    'ack 12e',
    '12b',
    'not ok',
    'not 12a',
    "12a no don't",
    'is 12a the one?',
    'who has 12',
    'yes',
    '1234567890a',
    'stop',
  ])('"%s" is not taken for anything', (text) => {
    expect(readStaffReply(text)).toEqual(unknown);
  });

  it('means the same in any case, with stray spaces and with a full stop', () => {
    const letter = fc.constantFrom('a', 'e', 'c', 'c1', 'c5');
    const spaces = fc.constantFrom('', ' ', '  ', '\n', '\u00a0');
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 999_999 }),
        letter,
        fc.array(spaces, { minLength: 3, maxLength: 3 }),
        fc.boolean(),
        (ref, code, [before, between, after], isUpper) => {
          const written = `${before}${ref}${between}${isUpper ? code.toUpperCase() : code}.${after}`;
          expect(readStaffReply(written)).toEqual(readStaffReply(`${ref}${code}`));
          expect(readStaffReply(written)).toMatchObject({ ref });
        },
      ),
    );
  });

  it('never throws, and only a text that names it acts on a reference', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (text) => {
        const meaning = readStaffReply(text);
        if ('ref' in meaning && meaning.ref !== null) expect(text.normalize('NFKC')).toContain(String(meaning.ref));
      }),
      { numRuns: 2000 },
    );
  });
});
