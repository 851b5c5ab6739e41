import type { Night } from './night';
import { openNight } from './night';

let night: Night;
afterEach(() => night.close());

const ITCHY = 'my face is so itchy';
const ASKED = /hives, blisters or swelling/;
const WHY = /did not hear back/;
const ANA = { by: 'ana', via: 'console' } as const;

describe('a safety question on a suspicion that nobody replies to', () => {
  it('after five minutes the patient gets the full message of the level, and Ana is paged', async () => {
    night = await openNight();
    const patient = night.patient();
    await patient.says(ITCHY);
    await patient.sees(ASKED);
    await night.pass('299 s');
    await patient.seesNothingNew();
    night.nurse('ana').gotNothing();
    expect(await night.escalations()).toEqual([]);
    await night.pass('1 s');
    await patient.sees(
      /^Please talk to our on-call team now\. Call \(555\) 010-0199\.[^]*911[^]*Sent to Glow Clinic as urgent at 11:45 pm\.\n[^]*did not hear back/,
    );
    night.nurse('ana').gotSms(/^Glow Clinic: URGENT aftercare message waiting\. Ref 1\./);
    const [escalation, ...others] = await night.escalations();
    expect(others).toEqual([]);
    expect(escalation).toMatchObject({ tier: 'urgent', flags: ['U08'], reason: 'no_reply', conversationId: patient.conversationId });
    expect((await night.history(escalation!.id))[0]).toMatchObject({ kind: 'raised', detail: 'urgent U08 no_reply' });
    await night.pass('10 min');
    await patient.seesNothingNew();
  });

  it('what the patient gets is marked as danger, and nothing is put into their mouth', async () => {
    night = await openNight();
    const patient = night.patient();
    await patient.says(ITCHY);
    const { lastSeq } = await night.store.read(patient.conversationId, 0);
    await night.pass('5 min');
    const [escalation] = await night.escalations();
    expect((await night.store.read(patient.conversationId, lastSeq)).messages).toMatchObject([
      {
        ...{ direction: 'out', seq: lastSeq + 1, outcome: { disposition: 'urgent', intent: 'no_reply', verdict: 'watch' } },
        ...{ escalation: { id: escalation!.id }, reply: { actions: [{ kind: 'call', value: 'tel:+15550100199' }] } },
      },
    ]);
  });

  it('an emergency that is suspected is told first whom to call, and everybody is paged at once', async () => {
    night = await openNight();
    const patient = night.patient();
    await patient.says('i am devastated and cant stop crying over my face');
    await patient.sees(/unsafe/);
    await night.pass('5 min');
    await patient.sees(/988/);
    night.nurse('ana').gotSms(/EMERGENCY/);
    night.nurse('ben').gotSms(/EMERGENCY/);
    const paged = (await night.escalations()).filter(({ tier }) => tier === 'emergency');
    expect(paged).toMatchObject([{ flags: ['E09'], reason: 'no_reply' }]);
  });

  it.each(['no', 'ok thanks', 'can i wear makeup', 'the thing with the stuff'])('"%s" within the time is a reply', async (reply) => {
    night = await openNight();
    const patient = night.patient();
    await patient.says(ITCHY);
    await night.pass('4 min');
    await patient.says(reply);
    await patient.reads();
    await night.pass('2 hours');
    await patient.seesNothingNew();
    expect((await night.escalations()).filter(({ tier }) => tier !== 'ask_clinic')).toEqual([]);
  });

  it('"yes" within the time pages once, and not again when the time is over', async () => {
    night = await openNight();
    const patient = night.patient();
    await patient.says(ITCHY);
    await night.pass('4 min');
    await patient.says('yes');
    await night.pass('4 min');
    expect(await night.escalations()).toMatchObject([{ flags: ['U08'], reason: 'red_flag' }]);
  });

  it('a question that is asked again waits anew', async () => {
    night = await openNight();
    const patient = night.patient();
    await patient.says(ITCHY);
    await night.pass('4 min');
    await patient.says(ITCHY);
    await patient.reads();
    await night.pass('4 min');
    await patient.seesNothingNew();
    await night.pass('1 min');
    await patient.sees(WHY);
    expect(await night.escalations()).toHaveLength(1);
  });

  it('a reply afterwards finds it open: "yes" is the same reference, "no" closes nothing', async () => {
    night = await openNight();
    const patient = night.patient();
    await patient.says(ITCHY);
    await night.pass('6 min');
    await patient.reads();
    await patient.says('yes');
    await patient.sees(/^Please talk to our on-call team now/);
    await patient.says('no');
    await patient.sees(/still open/);
    const [escalation, ...others] = await night.escalations();
    expect([escalation, others]).toMatchObject([{ ref: 1, resolved: null }, []]);
    expect((await night.history(escalation!.id)).map(({ kind }) => kind)).toContain('repeated');
  });

  it.each([
    ['only asks about it', 'can microneedling cause itching'],
    ['only asks whether it will come', 'will i bruise'],
    ['denies the danger in the same message', 'a bit itchy but no hives'],
    ['asks what danger looks like', 'how would i know if it got infected'],
    ['asks for a medicine', 'can i take advil'],
    ['wants their money back', 'i want my money back'],
    ['wants a person', 'talk to a person'],
    ['complains that nothing has changed', 'i wasted my money and nothing changed, did it not work'],
  ])('who %s is not waited for', async (_, text) => {
    night = await openNight();
    const patient = night.patient();
    await patient.says(text);
    await patient.reads();
    await night.pass('1 hour');
    await patient.seesNothingNew();
    expect((await night.escalations()).filter(({ tier }) => tier !== 'ask_clinic')).toEqual([]);
  });

  it('who is in distress and does not say whether they feel safe gets 988 and a person', async () => {
    night = await openNight();
    const patient = night.patient();
    await patient.says('i am devastated about my face and i cant leave the house');
    await patient.sees(/Do you feel unsafe/);
    await night.pass('5 min');
    await patient.sees(/988/);
    expect((await night.escalations()).filter(({ tier }) => tier === 'emergency')).toMatchObject([{ flags: ['E09'], reason: 'no_reply' }]);
  });

  it('a process that was killed meanwhile and comes back late does it at once, and once', async () => {
    night = await openNight();
    const patient = night.patient();
    await patient.says(ITCHY);
    await patient.reads();
    night.sleepThrough('40 min');
    await night.restart();
    await night.pass('0 s');
    await patient.sees(WHY);
    night.nurse('ana').gotSms(/URGENT/);
    await night.restart();
    await night.pass('1 min');
    await patient.seesNothingNew();
    expect(await night.escalations()).toHaveLength(1);
  });

  it("while a person writes in the bot's place it pages, and the bot is silent", async () => {
    night = await openNight();
    const patient = night.patient();
    await patient.says(ITCHY);
    await night.desk.takeOver(patient.conversationId, ANA);
    await patient.reads();
    await night.pass('5 min');
    await patient.seesNothingNew();
    night.nurse('ana').gotSms(/URGENT/);
  });

  it('who erases the conversation has gone, and nobody is paged about nothing', async () => {
    night = await openNight();
    const patient = night.patient();
    await patient.says(ITCHY);
    expect(await night.store.erase(patient.conversationId)).toBe('erased');
    await night.pass('1 hour');
    expect(await night.escalations()).toEqual([]);
    expect(await night.store.nextDueAt()).toBeNull();
  });
});
