import fc from 'fast-check';
import { countSms, findNonGsm7 } from '../../src/guide/sms-text';
import type { StaffMessage } from '../../src/model/escalation';
import { readStaffReply } from '../../src/escalation/read-staff-reply';
import { wordMail, wordSms, wordSpeech } from '../../src/notify/word-staff-message';
import { NOTICES, notice, pageOf, staffMessage } from './staff-message';

const details = {
  who: 'Ben',
  at: String(Date.parse('2026-03-10T01:06:00Z')),
  refs: '12, 14',
  others: '13, 14',
  count: '3',
  overdue: '1',
  reason: 'sent_to_emergency_care',
};
const everyMessage: readonly StaffMessage[] = [
  ...(['ask_clinic', 'urgent', 'emergency'] as const).flatMap((tier) =>
    [true, false].map((isDrill) => staffMessage({ what: pageOf(tier, isDrill) })),
  ),
  ...NOTICES.flatMap((kind) => [notice(kind), notice(kind, { details }), notice(kind, { ref: null, link: null })]),
];

describe('the text of a page', () => {
  it('names clinic, reference, what to reply and the link, and nothing else', () => {
    expect(wordSms(staffMessage())).toBe(
      'Glow Clinic: URGENT aftercare message waiting. Ref 12. Reply 12a to acknowledge, 12e to pass on, 12c to close. https://chat.clinic.example/ack/Tk3',
    );
  });

  it('says EMERGENCY of an emergency and TEST, with neither word, of a drill', () => {
    expect(wordSms(staffMessage({ what: pageOf('emergency') }))).toMatch(/^Glow Clinic: EMERGENCY aftercare message waiting\./);
    const drill = wordSms(staffMessage({ what: pageOf('emergency', true) }));
    expect(drill).toMatch(/^Glow Clinic: TEST page/);
    expect(drill).not.toMatch(/URGENT|EMERGENCY/);
  });

  it('takes one SMS without its link, however long the name of the clinic', () => {
    const name = 'The Very Long And Renowned Dermatology and Aesthetics Center of Greater Springfield';
    const text = wordSms(staffMessage({ clinic: { id: 'x', name, zone: 'UTC', smsNumber: null }, ref: 123_456, link: null }));
    expect(countSms(text)).toMatchObject({ alphabet: 'gsm7', segments: 1 });
  });

  it('names the others that wait, and of a storm the first few', () => {
    expect(wordSms(staffMessage({ details: { others: '13, 14' } }))).toContain('Ref 12. Also waiting: Ref 13, 14. Reply 12a');
    const storm = wordSms(staffMessage({ details: { others: Array.from({ length: 499 }, (_, index) => index + 13).join(', ') } }));
    expect(storm).toContain('Also waiting: Ref 13, 14, 15, 16, 17 and 494 more.');
    expect(countSms(storm).segments).toBeLessThanOrEqual(2);
  });

  it('leaves the link as it is, with whatever marks it holds', () => {
    const link = 'https://chat.clinic.example/ack/_a-b_*c*__d__';
    expect(wordSms(staffMessage({ link }))).toContain(link);
    expect(wordSms(staffMessage({ link: null }))).not.toMatch(/null|https/);
  });

  it('offers replies that are understood as it says', () => {
    const said = [...wordSms(staffMessage()).matchAll(/(\d+[aec]) to (acknowledge|pass on|close)/g)].map(([, code, action]) => [
      readStaffReply(code!).kind,
      action,
    ]);
    expect(said).toEqual([
      ['acknowledge', 'acknowledge'],
      ['pass_on', 'pass on'],
      ['resolve', 'close'],
    ]);
  });
});

describe('every message to staff', () => {
  it.each(everyMessage.map((message) => [JSON.stringify(message.what), message] as const))(
    '%s is plain, short, and offers no word that Twilio acts on',
    (_name, message) => {
      for (const text of [wordSms(message), wordSpeech(message), ...Object.values(wordMail(message))]) {
        expect(text).not.toMatch(/\b(stop|stopall|unsubscribe|cancel|end|quit|revoke|optout|start|unstop)\b/i);
        expect(text).not.toMatch(/\b(pus|fever|infect|pain|swell|bleed|rash|skin|wound|symptom|ill|sick|needl)/i);
        expect(text).not.toMatch(/undefined|null|NaN|\[object/);
      }
      expect(findNonGsm7(wordSms(message))).toBeNull();
      expect(countSms(wordSms(message)).segments).toBeLessThanOrEqual(2);
    },
  );

  it('has a wording of its own for each kind', () => {
    expect(new Set(NOTICES.map((kind) => wordSms(notice(kind, { details })))).size).toBe(NOTICES.length);
  });

  it('stays plain and in one line whatever names people have', () => {
    fc.assert(
      fc.property(fc.constantFrom(...everyMessage), fc.string({ unit: 'grapheme', maxLength: 80 }), (message, name) => {
        const renamed = { ...message, clinic: { ...message.clinic, name }, details: { ...details, who: name, why: name } };
        expect(findNonGsm7(wordSms(renamed))).toBeNull();
        expect(wordSms(renamed)).not.toMatch(/[\r\n]/);
        expect(wordMail(renamed).subject).not.toMatch(/[\r\n]/);
      }),
      { numRuns: 300 },
    );
  });
});

describe('notices', () => {
  it.each([
    [notice('acknowledged'), 'Glow Clinic: Ref 41 is yours. Open it: https://chat.clinic.example/console/41 Reply 41c when closed.'],
    [notice('taken_already', { details, link: null }), 'Glow Clinic: Ref 41: Ben took it at 9:06 pm. Nothing to do for you.'],
    [notice('taken_by_other', { details }), 'Glow Clinic: Ref 41: Ben has it. Nothing to do for you.'],
    [notice('passed_on', { details, link: null }), 'Glow Clinic: Ref 41 is passed on. Thank you.'],
    [notice('closed', { details, link: null }), 'Glow Clinic: Ref 41 is closed, reason 2. Thank you.'],
    [notice('closed', { details: { reason: 'handled' }, link: null }), 'Glow Clinic: Ref 41 is closed. Thank you.'],
    [
      notice('which_one', { details, link: null }),
      'Glow Clinic: More than one is waiting: Ref 12, 14. Reply with its number, such as 12a.',
    ],
    [notice('nothing_open', { ref: null, link: null }), 'Glow Clinic: Nothing is waiting for you.'],
    [
      notice('not_understood', { ref: null, link: null }),
      'Glow Clinic: That was not understood, so nothing changed. Reply with the number and a letter, such as 12a.',
    ],
    [notice('closed', { details: { already: 'yes' }, link: null }), 'Glow Clinic: Ref 41 was closed already. Nothing to do for you.'],
    [notice('nothing_open', { ref: null, details: { ref: '7' }, link: null }), 'Glow Clinic: Ref 7 is not open at this clinic.'],
    [
      notice('not_understood', { details: { why: 'There is nobody to page.' }, link: null }),
      'Glow Clinic: That does not go. There is nobody to page.',
    ],
    [
      notice('digest', { details, link: 'https://c.example/' }),
      'Glow Clinic: 3 questions are waiting for the clinic, 1 of them overdue. Open them: https://c.example/',
    ],
    [notice('digest', { details: { count: '1', overdue: '0' }, link: null }), 'Glow Clinic: 1 question is waiting for the clinic.'],
    [notice('overdue', { ref: null, details, link: null }), 'Glow Clinic: 1 question is overdue.'],
    [notice('overdue', { link: null }), 'Glow Clinic: Ref 41 is overdue and still waits for an answer.'],
    [notice('alarm', { details, link: null }), 'Glow Clinic: ALARM: 3 messages are late on the way to staff. Please look now.'],
    [
      notice('sign_in', { ref: null }),
      'Glow Clinic: Sign in to the console. The link works once. Sign in: https://chat.clinic.example/console/41',
    ],
  ])('%#: %j', (message, text) => {
    expect(wordSms(message)).toBe(text);
  });

  it('of the outcome offer digits that are understood as those reasons', () => {
    expect(wordSms(notice('outcome'))).toContain(
      'Reply 41c and a digit: 1 spoke with patient, 2 emergency care, 3 seen here, 4 advised by message, 5 false alarm.',
    );
    expect([1, 2, 3, 4, 5].map((digit) => readStaffReply(`41c${digit}`))).toMatchObject(
      ['spoke_with_patient', 'sent_to_emergency_care', 'seen_at_clinic', 'advice_by_message', 'false_alarm'].map((reason) => ({
        ref: 41,
        reason,
      })),
    );
  });
});

describe('a mail', () => {
  it('says the same as text and as HTML, and what happens without an acknowledgement', () => {
    const mail = wordMail(staffMessage());
    expect(mail.subject).toBe('URGENT aftercare message waiting, ref 12 (Glow Clinic)');
    expect(mail.text).toBe(
      'Glow Clinic: URGENT aftercare message waiting. Ref 12.\n\nAcknowledge (the link works once): https://chat.clinic.example/ack/Tk3\n\nUntil somebody acknowledges, more people are paged.\n',
    );
    expect(mail.html).toContain('<a href="https://chat.clinic.example/ack/Tk3">');
  });

  it('lets no name become markup', () => {
    const html = wordMail(
      staffMessage({ clinic: { id: 'x', name: '<script>"a"&b', zone: 'UTC', smsNumber: null }, link: 'https://x.example/?a="><i>&b' }),
    ).html;
    expect(html).not.toMatch(/<script|<i>/);
    expect(html).toContain('&lt;script&gt;&quot;a&quot;&amp;b');
  });
});

describe('a call', () => {
  it('spells the reference and reads out no link', () => {
    expect(wordSpeech(notice('overdue'))).toBe('This is Glow Clinic. Reference 4 1 is overdue and still waits for an answer.');
  });
});
