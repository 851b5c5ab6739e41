import { readPhone } from '../../src/tools/read-phone';

describe('a telephone number as somebody writes it', () => {
  it.each([
    ['(555) 010-0150', '+15550100150'],
    ['555.010.0150', '+15550100150'],
    ['1-555-010-0150', '+15550100150'],
    ['+1 555 010 0150', '+15550100150'],
    [' tel:+15550100150 ', '+15550100150'],
    ['555\u2011010\u20110150', '+15550100150'],
    ['011 44 20 7946 0123', '+442079460123'],
    ['00 49 30 1234567', '+49301234567'],
  ])('%s is %s', (written, number) => expect(readPhone(written)).toBe(number));

  it.each([
    '',
    '010-0150',
    '155-010-0150 22',
    '2-555-010-0150',
    'ann@clinic.example',
    '+0 123 456 789',
    '+1234567890123456',
    '5550100150x2',
  ])('"%s" is none', (written) => expect(readPhone(written)).toBeNull());
});
