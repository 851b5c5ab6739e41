import type { Night } from './night';
import { nightClinic, openNight } from './night';

let night: Night;
afterEach(() => night.close());

const PUS = 'yellow pus is coming out of my cheek';

describe('a red flag after hours', () => {
  it('pus on day 2 at 23:40: Ana is texted, acknowledges, and the patient is told the truth at each step', async () => {
    night = await openNight();
    const patient = night.patient();
    await patient.says('my treatment was on saturday at noon');
    await patient.says(PUS);
    await patient.sees(/on-call team now|on-call team/);
    const text = night.nurse('ana').gotSms(/^Glow Clinic: URGENT aftercare message waiting\. Ref 1\./);
    expect(text).not.toMatch(/pus|infect|skin/i);
    expect(text).toMatch(/Reply 1a to acknowledge, 1e to pass on, 1c to close/);
    await night.pass('2 min');
    night.nurse('ana').gotCall();
    await night.nurse('ana').replies('1a');
    night.nurse('ana').gotSms(/Ref 1 is yours/);
    await patient.sees(/The on-call team has seen your message \(11:42 pm\)\. They will get back to you by 12:12 am/);
    await night.pass('10 min');
    await patient.sees(/Did you reach someone/);
    await patient.says('Yes');
    await patient.sees(/Good\. I told the team/);
    await night.nurse('ana').replies('1c1');
    night.nurse('ana').gotSms(/Ref 1 is closed/);
    await patient.sees(/has looked at your message and closed it/);
    night.nurse('ben').gotNothing();
    expect(await night.escalations()).toMatchObject([{ status: 'resolved', resolved: { by: 'ana', reason: 'spoke_with_patient' } }]);
  });

  it('the first nurse does not answer: the second is texted after 5 minutes, and Ana hears that Ben has it', async () => {
    night = await openNight();
    await night.patient().says(PUS);
    night.nurse('ana').gotSms(/URGENT/);
    await night.pass('4 min');
    night.nurse('ben').gotNothing();
    await night.pass('1 min');
    night.nurse('ben').gotSms(/URGENT/);
    await night.nurse('ben').replies(' 1 A.');
    night.nurse('ben').gotSms(/Ref 1 is yours/);
    night.nurse('ana').gotSms(/Ref 1: Ben has it\. Nothing to do for you/);
  });

  it('nobody answers: after 30 minutes the patient is sent to urgent care, and paging never stops', async () => {
    night = await openNight();
    const patient = night.patient();
    await patient.says(PUS);
    await patient.reads();
    await night.pass('29 min');
    await patient.seesNothingNew();
    await night.pass('1 min');
    await patient.sees(/No one from the team has replied yet.*Go to urgent care or an emergency room now/s);
    const before = night.providers.sent.length;
    await night.pass('5 hours');
    expect(night.providers.sent.length).toBeGreaterThan(before + 60);
    const [escalation] = await night.escalations();
    expect(escalation).toMatchObject({ status: 'notified' });
    expect(escalation?.nextAt).not.toBeNull();
  });

  it('nobody is on call: the fallback is paged at once', async () => {
    night = await openNight({ clinics: [nightClinic({ onCall: { steps: [], fallback: 'cho' } })] });
    await night.patient().says(PUS);
    night.nurse('cho').gotSms(/URGENT/);
  });

  it('nobody at all: the patient is told in the same breath, and the alarm stands in the history', async () => {
    night = await openNight({ clinics: [nightClinic({ onCall: { steps: [] } })] });
    const patient = night.patient();
    await patient.says(PUS);
    await patient.sees(/No one from the team has replied yet.*urgent care/s);
    const [escalation] = await night.escalations();
    expect((await night.history(escalation!.id)).map(({ kind }) => kind)).toContain('alarm');
  });

  it('an emergency: 911 first and alone, everybody is paged at once by every way', async () => {
    night = await openNight();
    const patient = night.patient();
    await patient.says('my throat is closing and i cant breathe');
    await patient.sees(/^Call 911 now/);
    night.nurse('ana').gotSms(/EMERGENCY aftercare message waiting/);
    night.nurse('ana').gotCall();
    night.nurse('ben').gotSms(/EMERGENCY/);
    night.nurse('ben').gotMail(/EMERGENCY/);
    await night.nurse('ben').replies('1a');
    await patient.sees(/has seen your message.*If you have not called 911 yet, call now/s);
  });

  it('the patient writes five times: one nurse is woken once', async () => {
    night = await openNight();
    const patient = night.patient();
    for (const text of [PUS, 'its really yellow', 'theres more pus now', 'hello??', 'pus!!']) await patient.says(text);
    night.nurse('ana').gotSms(/URGENT/);
    night.nurse('ana').gotNothing();
    expect((await night.escalations()).filter(({ tier }) => tier !== 'ask_clinic')).toHaveLength(1);
  });

  it('the patient reached nobody: both are paged again, and the patient hears when to stop waiting', async () => {
    night = await openNight();
    const patient = night.patient();
    await patient.says(PUS);
    await night.nurse('ana').replies('ack');
    await night.pass('10 min');
    await patient.sees(/Did you reach someone/);
    night.nurse('ana').gotSms(/URGENT/);
    night.nurse('ana').gotSms(/is yours/);
    await patient.says('no nobody called');
    await patient.sees(/I paged them again, and the next person too.*go to urgent care/s);
    night.nurse('ana').gotSms(/URGENT/);
    night.nurse('ben').gotSms(/URGENT/);
  });

  it('the patient says nothing on whether they reached someone: it becomes a task of the nurse, never a close', async () => {
    night = await openNight();
    await night.patient().says(PUS);
    await night.nurse('ana').replies('1a');
    await night.pass('20 min');
    night.nurse('ana').gotSms(/URGENT/);
    night.nurse('ana').gotSms(/is yours/);
    night.nurse('ana').gotSms(/nobody has told us that the call took place/);
    expect(await night.escalations()).toMatchObject([{ status: 'acknowledged' }]);
  });

  it('acknowledged and then ignored: asked after 30 minutes, paged again after 60 with the next person', async () => {
    night = await openNight();
    const patient = night.patient();
    await patient.says(PUS);
    await night.nurse('ana').replies('1a');
    await night.pass('31 min');
    night.nurse('ana').gotSms(/what came of it/);
    await night.pass('30 min');
    night.nurse('ben').gotSms(/URGENT/);
  });

  it('Ana passes it on: Ben is texted at once, and Ana hears that it went', async () => {
    night = await openNight();
    await night.patient().says(PUS);
    await night.nurse('ana').replies('1e');
    night.nurse('ana').gotSms(/URGENT/);
    night.nurse('ana').gotSms(/passed on/);
    night.nurse('ben').gotSms(/URGENT/);
  });

  it('two nurses acknowledge at once: one has it, the other hears who', async () => {
    night = await openNight();
    await night.patient().says(PUS);
    await night.pass('5 min');
    const [first, second] = await Promise.all([
      night.desk.acknowledge((await night.escalations())[0]!.id, { by: 'ana', via: 'sms' }),
      night.desk.acknowledge((await night.escalations())[0]!.id, { by: 'ben', via: 'link' }),
    ]);
    expect([first.kind, second.kind].sort()).toEqual(['done', 'taken_already']);
    const kinds = (await night.history((await night.escalations())[0]!.id)).map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind === 'acknowledged')).toHaveLength(1);
  });

  it('the acknowledgement and the next page cross: the page that has not left stays in the house', async () => {
    night = await openNight();
    await night.patient().says(PUS);
    night.sleepThrough('5 min');
    const id = (await night.escalations())[0]!.id;
    await night.desk.acknowledge(id, { by: 'ana', via: 'console' });
    await night.pass('1 min');
    night.nurse('ben').gotNothing();
  });
});

describe('texts of staff', () => {
  it('a wrong code changes nothing and says so', async () => {
    night = await openNight();
    await night.patient().says(PUS);
    night.nurse('ana').gotSms(/URGENT/);
    await night.nurse('ana').replies('99a');
    night.nurse('ana').gotSms(/Ref 99|[Nn]othing/);
    await night.nurse('ana').replies('who is this');
    night.nurse('ana').gotSms(/not understood, so nothing changed/);
    expect(await night.escalations()).toMatchObject([{ status: 'notified' }]);
  });

  it('two are waiting and the code is missing: which one is asked, nothing is taken', async () => {
    night = await openNight();
    await night.patient('one').says(PUS);
    await night.patient('two').says(PUS);
    await night.nurse('ana').replies('ack');
    night.nurse('ana').gotSms(/More than one is waiting: Ref 1, 2/);
    expect((await night.escalations()).every(({ acknowledged }) => acknowledged === null)).toBe(true);
    await night.nurse('ana').replies('ack 2');
    night.nurse('ana').gotSms(/Ref 2 is yours/);
  });

  it('machines that answer one another fall silent after five answers, and a real action starts anew', async () => {
    night = await openNight();
    await night.patient().says(PUS);
    for (let index = 0; index < 9; index++) await night.nurse('ana').replies('I am driving right now');
    expect(night.providers.sent.filter(({ text }) => text.includes('not understood'))).toHaveLength(5);
    await night.nurse('ana').replies('1a');
    night.nurse('ana').gotSms(/Ref 1 is yours/);
  });

  it('the same text delivered twice is one text', async () => {
    night = await openNight();
    await night.patient().says(PUS);
    const message = { from: '+15550100101', to: '+15550100199', text: '1a', messageId: 'SMsame', at: night.now() };
    await night.desk.takeText(message);
    await night.desk.takeText(message);
    await night.pass('1 min');
    expect(night.providers.sent.filter(({ text }) => text.includes('is yours'))).toHaveLength(1);
  });

  it('a number that is nobody of staff is not ours to answer', async () => {
    night = await openNight();
    const message = { from: '+15559999999', to: '+15550100199', text: '1a', messageId: 'SM9', at: night.now() };
    expect(await night.desk.takeText(message)).toEqual({ handled: false });
  });
});
