import type { SmallHouse } from './small-house';
import { openSmallHouse } from './small-house';
import type { Visitor } from './visitor';
import { signIn, signInAsOwner, visit } from './visitor';

const FIELDS = { clinic: 'glow', phone: '(555) 010-0150', treatedAt: '2026-03-09T15:00', kind: 'microneedling', reference: 'A-17' };

describe('enrolling at the console', () => {
  let house: SmallHouse;
  let ben: Visitor;
  beforeEach(async () => {
    house = openSmallHouse();
    ben = await signIn(house, 'ben@clinic.example');
  });

  it('hands the form to the desk and shows the link once', async () => {
    const { status, text } = await ben.post('/console/enroll', { ...FIELDS, agreesToTexts: 'yes' }, '/console/enroll');
    expect(status).toBe(200);
    expect(text).toContain('https://chat.clinic.example/chat?clinic=glow#link=abc');
    expect(text).toContain('The patient is enrolled');
    const { clinic: _clinic, ...form } = FIELDS;
    expect(house.enrolled).toEqual([{ ...form, teamsId: '', agreesToTexts: true, sendsLink: false }]);
    expect((await ben.get('/console/enroll')).text).not.toContain('#link=');
  });

  it('shows what was typed again where something is wrong, as plain words', async () => {
    const faults = [{ field: 'phone', why: 'Write the number.' }] as const;
    house = openSmallHouse({
      enrolment: { enrol: () => Promise.resolve({ kind: 'refused', faults }), consentText: () => 'x' },
    });
    ben = await signIn(house, 'ben@clinic.example');
    const { status, text } = await ben.post('/console/enroll', { ...FIELDS, phone: '"><b>12', sendsLink: 'yes' }, '/console/enroll');
    expect(status).toBe(422);
    expect(text).toContain('Nothing was kept');
    expect(text).toContain('<p id="phone-fault" class="field-fault">Write the number.</p>');
    expect(text).toContain('value="&#34;&#62;&#60;b&#62;12"');
    expect(text).toMatch(/id="sendsLink" name="sendsLink" value="yes" checked/);
    expect(text).toMatch(/id="phone"[^>]*aria-invalid="true"/);
  });

  it('is for staff of the clinic: no stranger, no form from elsewhere, no other clinic', async () => {
    expect((await visit(house).get('/console/enroll')).status).toBe(403);
    expect((await ben.post('/console/enroll', { ...FIELDS, csrf: 'forged' })).status).toBe(403);
    const { status, text } = await ben.post('/console/enroll', { ...FIELDS, clinic: 'other' }, '/console/enroll');
    expect([status, text.includes('Nothing was kept')]).toEqual([422, true]);
    expect(house.enrolled).toEqual([]);
    expect((await ben.get('/console/enroll')).text).not.toContain('Other Clinic');
    expect((await (await signInAsOwner(house)).get('/console/enroll')).text).toContain('<option value="other">Other Clinic</option>');
  });
});
