import type { Night } from './night';
import { nightClinic, openNight } from './night';

let night: Night;
afterEach(() => night.close());

const PUS = 'yellow pus is coming out of my cheek';

describe('providers in trouble', () => {
  it('the phone company is down for an hour: mail goes out meanwhile, texts are tried again, and all is well afterwards', async () => {
    night = await openNight();
    night.providers.set('sms', 'down');
    night.providers.set('voice', 'down');
    const patient = night.patient();
    await patient.says(PUS);
    await night.pass('6 min');
    night.nurse('ben').gotMail(/URGENT/);
    await night.pass('54 min');
    expect(night.providers.sent.every(({ method }) => method === 'email')).toBe(true);
    night.providers.set('sms', 'works');
    night.providers.set('voice', 'works');
    await night.pass('10 min');
    night.nurse('ana').gotSms(/URGENT/);
    expect(await night.escalations()).toMatchObject([{ status: 'notified' }]);
  });

  it('a failure for the moment is tried three times, 15 seconds apart, then the next way is taken', async () => {
    night = await openNight();
    night.providers.set('sms', 'throttled', '+15550100101');
    await night.patient().says(PUS);
    await night.pass('44 s');
    night.nurse('ana').gotNothing();
    await night.pass('1 s');
    night.nurse('ana').gotCall();
    const [escalation] = await night.escalations();
    expect(escalation!.pages[0]).toMatchObject({ method: 'sms', status: 'failed_permanently', attempts: 4, failure: '20429' });
  });

  it('a dead number costs no time: the call follows at once', async () => {
    night = await openNight();
    night.providers.set('sms', 'dead_number', '+15550100101');
    await night.patient().says(PUS);
    night.nurse('ana').gotCall();
  });

  it('a nurse who has opted out of texts and has no other way is passed over at once', async () => {
    night = await openNight();
    night.providers.set('sms', 'opted_out', '+15550100101');
    night.providers.set('voice', 'dead_number', '+15550100101');
    await night.patient().says(PUS);
    night.nurse('ben').gotSms(/URGENT/);
  });

  it('reports come late, twice and out of order: a page is never taken back', async () => {
    night = await openNight();
    await night.patient().says(PUS);
    const report = (status: 'sent' | 'delivered' | 'failed') =>
      night.desk.takeReport({ providerId: 'P1', status, permanent: true, code: status === 'failed' ? '30003' : null, at: night.now() });
    await report('delivered');
    await report('sent');
    await report('failed');
    await report('delivered');
    const [escalation] = await night.escalations();
    expect(escalation!.pages[0]).toMatchObject({ status: 'delivered' });
  });

  it('an undelivered report takes the next way at once', async () => {
    night = await openNight();
    await night.patient().says(PUS);
    await night.desk.takeReport({ providerId: 'P1', status: 'failed', permanent: true, code: '30003', at: night.now() });
    await night.pass('1 s');
    night.nurse('ana').gotCall();
  });

  it('a storm of 500 at one clinic: the one at the other clinic leaves among the first', async () => {
    const other = nightClinic({
      ...{ id: 'lake', name: 'Lake Clinic', smsNumber: '+15550200199' },
      staff: [{ id: 'dee', name: 'Dee', contacts: [{ method: 'sms', to: '+15550200101', verified: true }] }],
      onCall: { steps: [{ targets: ['dee'] }], fallback: 'dee' },
    });
    night = await openNight({ clinics: [nightClinic(), other] });
    const one = await night.desk.escalate('nobody', { by: 'console', via: 'console' }, 'urgent');
    expect(one).toEqual({ kind: 'not_found' });
    await night.patient('storm').says('hello');
    await night.patient('calm', 'lake').says('hello');
    for (let index = 0; index < 500; index++)
      await night.desk.escalate(night.patient('storm').conversationId, { by: 'console', via: 'console' }, 'urgent');
    await night.desk.escalate(night.patient('calm').conversationId, { by: 'console', via: 'console' }, 'urgent');
    await night.pass('1 s');
    const order = night.providers.sent.filter(({ text }) => text.includes('URGENT')).map(({ personId }) => personId);
    expect(order.filter((personId) => personId === 'ana').length).toBeGreaterThanOrEqual(500);
    expect(order.indexOf('dee')).toBeLessThan(40);
  });

  it('pages after the first are bundled into one text that names all references', async () => {
    night = await openNight();
    for (const name of ['one', 'two', 'three']) await night.patient(name).says(PUS);
    await night.pass('5 min');
    const texts = night.providers.sent.filter(({ personId, method }) => personId === 'ben' && method === 'sms');
    expect(texts).toHaveLength(1);
    expect(texts[0]!.text).toMatch(/Ref 1\. Also waiting: Ref 2, 3/);
    expect((await night.escalations()).every(({ pages }) => pages.some((page) => page.personId === 'ben' && page.sentAt !== null))).toBe(
      true,
    );
  });
});

describe('the process dies', () => {
  it('between the commit and the send: the page leaves after the restart', async () => {
    night = await openNight();
    night.providers.before = () => {
      throw new Error('killed');
    };
    await night.patient().says(PUS);
    expect(night.providers.sent).toHaveLength(0);
    night.providers.before = null;
    await night.restart();
    await night.pass('30 s');
    night.nurse('ana').gotSms(/URGENT/);
  });

  it('between the send and the mark: the page leaves again with the same id, and the ladder goes on', async () => {
    night = await openNight();
    night.providers.after = () => {
      throw new Error('killed');
    };
    await night.patient().says(PUS);
    night.providers.after = null;
    await night.restart();
    await night.pass('30 s');
    const ids = night.providers.sent.map(({ id }) => id);
    expect(ids).toHaveLength(2);
    expect(new Set(ids).size).toBe(1);
  });

  it('and sleeps for an hour: one late step, no burst of pages for what was missed', async () => {
    night = await openNight();
    await night.patient().says(PUS);
    const before = night.providers.sent.length;
    night.sleepThrough('60 min');
    await night.restart();
    await night.pass('1 s');
    expect(night.providers.sent.length - before).toBeLessThanOrEqual(3);
    night.nurse('ben').gotSms(/URGENT/);
  });
});

describe('clocks', () => {
  it.each([
    ['spring forward', '2026-03-08T01:30'],
    ['fall back', '2026-11-01T01:30'],
  ])('the night of %s: the ladder counts minutes that pass, whatever the clock on the wall says', async (_name, now) => {
    night = await openNight({ now });
    await night.patient().says(PUS);
    night.nurse('ana').gotSms(/URGENT/);
    await night.pass('5 min');
    night.nurse('ben').gotSms(/URGENT/);
    await night.pass('55 min');
    expect(night.providers.sent.filter(({ personId, method }) => personId === 'ben' && method === 'sms')).toHaveLength(6);
  });

  it('a shift that changes in the middle of a ladder: whoever is on call by then is paged', async () => {
    const shifts = [
      { person: 'ana', from: '2026-03-09T18:00', until: '2026-03-09T23:44' },
      { person: 'cho', from: '2026-03-09T23:44', until: '2026-03-10T09:00' },
    ];
    night = await openNight({
      clinics: [nightClinic({ onCall: { layers: [{ id: 'nights', shifts }], steps: [{ targets: ['nights'] }], fallback: 'ben' } })],
    });
    await night.patient().says(PUS);
    night.nurse('ana').gotSms(/URGENT/);
    await night.pass('5 min');
    night.nurse('cho').gotSms(/URGENT/);
  });

  it('a holiday: a question waits for the day after, a flag does not wait', async () => {
    night = await openNight({ now: '2026-12-25T10:00', clinics: [nightClinic({ holidays: ['2026-12-25'] })] });
    const patient = night.patient();
    await patient.says('can i go swimming');
    await patient.says('ask the clinic');
    await patient.sees(/They open Mon at 9 am/);
    night.nurse('ana').gotNothing();
    await night.patient('other').says(PUS);
    night.nurse('ana').gotSms(/URGENT/);
  });
});
