import { validateRequest } from 'twilio/lib/webhooks/webhooks';
import request from 'supertest';
import { signTwilioWebhook } from '../../phone-company/sign-webhook';
import type { Doors } from './doors';
import { PUBLIC_URL, openDoors } from './doors';

let doors: Doors;
beforeEach(async () => (doors = await openDoors({ takesPatients: true })));
afterEach(() => doors.close());

const OURS = '+15550100199';
const sid = `SM${'ab'.repeat(16)}`;

describe("the phone company's signature", () => {
  it('is the known answer of its own tests', () => {
    const url = 'https://mycompany.com/myapp.php?foo=1&bar=2';
    const fields = { CallSid: 'CA1234567890ABCDE', Caller: '+14158675309', Digits: '1234', From: '+14158675309', To: '+18005551212' };
    expect(signTwilioWebhook('12345', url, fields)).toBe('RSOYDt4T1cUTdK1PDd93/VVr8B8=');
    expect(validateRequest('12345', 'RSOYDt4T1cUTdK1PDd93/VVr8B8=', url, fields)).toBe(true);
  });

  const fields = (more: Record<string, string> = {}) => ({
    AccountSid: doors.company.accountSid,
    From: '+15550100101',
    To: OURS,
    Body: '12a',
    MessageSid: sid,
    ...more,
  });
  const knock = (signature: string | null, form: Record<string, string>, host = 'chat.clinic.example') => {
    const post = request(doors.url).post('/sms/inbound').set('Host', host).type('form');
    return (signature === null ? post : post.set('X-Twilio-Signature', signature)).send(form);
  };
  const sign = (form: Record<string, string>, url = `${PUBLIC_URL}/sms/inbound`, token = doors.company.authToken) =>
    signTwilioWebhook(token, url, form);

  it('lets a request in, whatever its Host header says', async () => {
    await knock(sign(fields()), fields(), 'internal-name:3978').expect(200, '<Response/>');
    expect(doors.staff.texts).toHaveLength(1);
  });

  it.each([
    ['without a signature', () => knock(null, fields())],
    ['signed with another token', () => knock(sign(fields(), undefined, 'other'), fields())],
    ['signed for another address', () => knock(sign(fields(), `${PUBLIC_URL}/sms/status`), fields())],
    [
      'signed for the address that its Host header names',
      () => knock(sign(fields(), 'https://evil.example/sms/inbound'), fields(), 'evil.example'),
    ],
    ['with a text that was changed', () => knock(sign(fields()), fields({ Body: '12c' }))],
    ['with a field that was added', () => knock(sign(fields()), fields({ OptOutType: 'STOP' }))],
    ['of another account', () => knock(sign(fields({ AccountSid: `AC${'f'.repeat(32)}` })), fields({ AccountSid: `AC${'f'.repeat(32)}` }))],
    ['that is JSON', () => request(doors.url).post('/sms/inbound').send(fields())],
    ['that is empty', () => request(doors.url).post('/sms/inbound')],
  ])('keeps a request out that comes %s', async (_name, knock) => {
    const { body } = await knock().expect(403);
    expect(body).toEqual({ error: { code: 'signature_refused', message: expect.stringMatching(/^Check signature: /) } });
    expect(doors.staff.texts).toEqual([]);
  });

  it('that does not fit is logged once a minute, without what was sent', async () => {
    for (let knocks = 0; knocks < 5; knocks++) await knock('x', fields({ Body: 'pus on my cheek' })).expect(403);
    doors.now += 61_000;
    await knock('x', fields()).expect(403);
    expect(doors.warnings).toEqual([
      { door: '/sms/inbound', refused: 1 },
      { door: '/sms/inbound', refused: 6 },
    ]);
  });

  it('is not even looked at when a form has more than 64 KB', async () => {
    const { body } = await knock('x', fields({ Body: 'x'.repeat(70_000) })).expect(413);
    expect(body.error.code).toBe('too_large_form');
  });

  it.each(['/sms/inbound', '/sms/status', '/voice/status', '/voice/page/page_1', '/voice/page/page_1/keys', '/voice/page/page_1/pin'])(
    'is asked for at %s',
    async (path) => {
      await request(doors.url).post(path).type('form').send({ AccountSid: doors.company.accountSid, Digits: '1' }).expect(403);
      expect(doors.staff.did).toEqual([]);
    },
  );
});

describe('a text', () => {
  it('of staff goes to the desk and is answered with nothing', async () => {
    expect(await doors.company.textFrom('+15550100101', '12a', { to: OURS, sid })).toEqual([{ status: 200, text: '<Response/>' }]);
    expect(doors.staff.texts).toEqual([{ from: '+15550100101', to: OURS, text: '12a', messageId: sid, at: doors.now }]);
    expect(doors.patientTexts).toEqual([]);
  });

  it('of anybody else goes to the side of the patients, with what Twilio did about it', async () => {
    await doors.company.textFrom('+15550100777', 'is this redness normal', { to: OURS, sid });
    const form = {
      AccountSid: doors.company.accountSid,
      From: '+15550100777',
      To: OURS,
      Body: 'STOP',
      MessageSid: `MM${'cd'.repeat(16)}`,
      NumMedia: '2',
      OptOutType: 'STOP',
    };
    await doors.company.post('/sms/inbound', form);
    expect(doors.patientTexts).toEqual([
      { from: '+15550100777', to: OURS, text: 'is this redness normal', messageId: sid, media: 0, optOut: null, at: doors.now },
      { from: '+15550100777', to: OURS, text: 'STOP', messageId: form.MessageSid, media: 2, optOut: 'STOP', at: doors.now },
    ]);
  });

  it('of a patient is answered with nothing where patients cannot text', async () => {
    const closed = await openDoors();
    expect(await closed.company.textFrom('+15550100777', 'hello', { to: OURS })).toEqual([{ status: 200, text: '<Response/>' }]);
    await closed.close();
  });

  it('that is delivered three times at once, and again later, is one text', async () => {
    const deliveries = await doors.company.textFrom('+15550100101', '12a', { to: OURS, sid, times: 3 });
    doors.now += 3_600_000;
    deliveries.push(...(await doors.company.textFrom('+15550100101', '12a', { to: OURS, sid })));
    expect(deliveries).toEqual(Array.from({ length: 4 }, () => ({ status: 200, text: '<Response/>' })));
    expect(doors.staff.texts).toHaveLength(1);
  });

  it('that could not be stored is refused, and taken when it comes again', async () => {
    doors.staff.isBroken = true;
    const [delivery] = await doors.company.textFrom('+15550100101', '12a', { to: OURS, sid });
    expect(delivery).toMatchObject({ status: 500 });
    expect(delivery?.text).not.toContain('no room left');
    doors.staff.isBroken = false;
    await doors.company.textFrom('+15550100101', '12a', { to: OURS, sid });
    expect(doors.staff.texts).toHaveLength(1);
  });

  it('without the fields of one is refused', async () => {
    const delivery = await doors.company.post('/sms/inbound', { AccountSid: doors.company.accountSid, Body: 'x' });
    expect(delivery.status).toBe(400);
  });
});

describe('reports', () => {
  const report = (status: string, more: Record<string, string> = {}, id = sid) =>
    doors.company.post('/sms/status?id=snd_1&page=page_1', {
      AccountSid: doors.company.accountSid,
      MessageSid: id,
      MessageStatus: status,
      ...more,
    });
  const reportCall = (status: string, more: Record<string, string> = {}) =>
    doors.company.post('/voice/status?id=snd_1', { AccountSid: doors.company.accountSid, CallSid: 'CA1', CallStatus: status, ...more });
  const statuses = () => doors.staff.reports.map(({ status }) => status);

  it('go to the desk with our page and whether a failure is for good', async () => {
    await report('sent');
    await report('undelivered', { ErrorCode: '30005' });
    expect(doors.staff.reports).toEqual([
      { providerId: sid, pageId: 'page_1', status: 'sent', permanent: false, code: null, at: doors.now },
      { providerId: sid, pageId: 'page_1', status: 'failed', permanent: true, code: '30005', at: doors.now },
    ]);
  });

  it.each([
    ['30003', false],
    ['30008', false],
    ['30006', true],
    ['21610', true],
  ])('of a failure with %s are for good: %s', async (code, permanent) => {
    await report('failed', { ErrorCode: code });
    expect(doors.staff.reports).toMatchObject([{ status: 'failed', code, permanent }]);
  });

  it('never go back, late, twice or out of order as they may come', async () => {
    for (const status of ['delivered', 'sent', 'sending', 'delivered', 'undelivered', 'queued'])
      expect((await report(status)).status).toBe(204);
    expect(statuses()).toEqual(['delivered']);
    for (const status of ['queued', 'sent', 'undelivered', 'sent', 'delivered']) await report(status, {}, `SM${'cd'.repeat(16)}`);
    expect(statuses()).toEqual(['delivered', 'sent', 'failed', 'delivered']);
  });

  it('that could not be stored count as not made', async () => {
    doors.staff.isBroken = true;
    expect((await report('delivered')).status).toBe(500);
    doors.staff.isBroken = false;
    expect((await report('delivered')).status).toBe(204);
    expect(statuses()).toEqual(['delivered']);
  });

  it('of calls tell an answered one from a number that does not exist and from one that is busy', async () => {
    await reportCall('ringing');
    await reportCall('in-progress');
    expect(statuses()).toEqual(['sent', 'delivered']);
    for (const [word, permanent] of [
      ['failed', true],
      ['no-answer', false],
      ['busy', false],
    ] as const) {
      await reportCall(word, { CallSid: `CA-${word}` });
      expect(doors.staff.reports.at(-1)).toMatchObject({ status: 'failed', permanent, code: word, pageId: null });
    }
  });

  it('of a status that is not known yet change nothing', async () => {
    expect((await report('teleported')).status).toBe(204);
    expect(doors.staff.reports).toEqual([]);
  });
});
