import { createServer } from 'node:http';
import type { Server } from 'node:http';
import express from 'express';
import request from 'supertest';
import { mountStaffConsole } from '../../src/console/mount-staff-console';
import { readStore } from '../../src/console/read-store';
import { findHoles, sayHole } from '../../src/escalation/coverage';
import { nextChangeAfter, whoIsOnCall } from '../../src/escalation/on-call';
import { realKnowledge } from '../guide/real-knowledge';
import { makeEnrolmentDesk } from '../../src/enrolment';
import type { Clinic } from '../../src/model/clinic';
import { finishServer } from '../../src/server';
import { silentLog } from '../../src/tools/log';
import type { Night } from '../nights/night';
import { nightClinic, openNight } from '../nights/night';
import type { Visitor } from './visitor';
import { visit } from './visitor';

const PUS = 'yellow pus is coming out of my cheek';
const wordsOf = (html: string): string => html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');
const linkIn = (text: string): string => new URL(/https:\/\/\S+/.exec(text)?.[0] ?? '').pathname;

const CLINICS = [
  nightClinic(),
  nightClinic({
    id: 'other',
    name: 'Other Clinic',
    staff: [{ id: 'zoe', name: 'Zoe', contacts: [{ method: 'sms', to: '+15550100201', verified: true }] }],
    onCall: { steps: [{ targets: ['zoe'] }] },
  }),
];

/** The console as it is wired, on a night's store and desk. */
function openConsole(night: Night, clinics: readonly Clinic[]): { server: Server; token: string } {
  const app = express();
  const book = { get: (id: string) => clinics.find((clinic) => clinic.id === id)!, all: () => clinics };
  const token = mountStaffConsole(app, {
    ...readStore(night.store, book),
    ...{
      clinics: book,
      secret: Buffer.alloc(32, 7),
      clock: () => night.now(),
      publicUrl: 'https://chat.clinic.example',
      unsignedEntries: 0,
    },
    desk: night.desk,
    enrolment: makeEnrolmentDesk({
      ...{ store: night.store, knowledge: realKnowledge(), secret: Buffer.alloc(32, 7), clock: () => night.now(), canText: true },
    }),
    holes: (clinic) => findHoles(clinic, night.now()).map((hole) => ({ ...hole, why: sayHole(hole) })),
    onCall: whoIsOnCall,
    nextChangeAfter,
    sendSignIn: (person, clinic, link) => night.paging.sendSignIn(person, clinic, link),
    flagTitle: (flag) => flag,
    onFault: (code, cause) => {
      throw new Error(code, { cause });
    },
  });
  finishServer(app, silentLog);
  return { server: createServer(app), token };
}

describe('a night at the console', () => {
  let night: Night;
  let console_: { server: Server; token: string };
  beforeEach(async () => {
    night = await openNight({ clinics: CLINICS });
    console_ = openConsole(night, CLINICS);
  });
  afterEach(() => night.close());

  const signIn = async (nurse: string, phone: string): Promise<Visitor> => {
    const visitor = visit(console_);
    await visitor.post('/console/sign-in', { contact: phone });
    await night.pass('1 s');
    const { status } = await visitor.post(linkIn(night.nurse(nurse).gotSms(/sign in/i)));
    expect(status).toBe(303);
    return visitor;
  };
  const press = async (path: string, act: string): Promise<string> => {
    await request(console_.server).post(path).type('form').send({ act }).expect(303);
    await night.pass('1 s');
    return wordsOf((await request(console_.server).get(path).expect(200)).text);
  };

  it('from the text to the closed case: acknowledge by link, read, answer, close', async () => {
    const patient = night.patient();
    await patient.says(PUS);
    const path = linkIn(night.nurse('ana').gotSms(/URGENT/));
    const before = wordsOf((await request(console_.server).get(path).expect(200)).text);
    expect(before).toMatch(/Ref 1 Glow Clinic\. Urgent\. Raised 11:40 pm\./);
    expect(before).not.toMatch(/pus|cheek|yellow/);
    await patient.reads();
    expect(await press(path, 'acknowledge')).toMatch(/You took Ref 1 at 11:40 pm\./);
    await patient.sees(/seen your message/);

    const ana = await signIn('ana', '+15550100101');
    expect(wordsOf((await ana.get('/console').expect(200)).text)).toMatch(/Ref 1 Urgent .* Taken Ana under a minute No page waits/);
    const [escalation] = await night.escalations();
    const page = `/console/escalations/${escalation!.id}`;
    expect((await ana.get(page).expect(200)).text).toMatch(/yellow pus is coming out of my cheek/);

    const talk = `/console/conversations/${patient.conversationId}`;
    await ana.does(`${talk}/reply`, { text: 'Ana here. I will call you now.', messageId: 'staff_0000000001', back: escalation!.id });
    await patient.sees(/^Ana here\. I will call you now\.$/);
    const closed = await ana.does(`${page}/resolve`, { reason: 'spoke_with_patient' });
    const words = wordsOf(closed);
    expect(words).toMatch(/Ref 1 is closed: Spoke with the patient\./);
    expect(words).toMatch(/Staff \(Ana\) 11:40 pm Ana here/);
    for (const line of [
      /11:40 pm: Raised, by the bot \(Urgent/,
      /Page made, by the clock \(Ana, text message, step 1 round 1\)/,
      /Page sent, by the bot \(Ana, text message\)/,
      /Taken, by Ana \(link\)/,
      /Patient told, by the bot \(that the team has seen it\)/,
      /Answered by message, by Ana/,
      /Closed, by Ana \(Spoke with the patient\)/,
    ])
      expect(words).toMatch(line);
    expect(wordsOf((await ana.get('/console').expect(200)).text)).toMatch(/\(0\) Waiting.*Nothing urgent waits/);
    await night.pass('3 hours');
    expect((await night.escalations()).map(({ status }) => status)).toEqual(['resolved']);
  });

  it('two who press at the same moment: one has it, both are told the truth', async () => {
    await night.patient().says(PUS);
    await night.pass('6 min');
    const ana = linkIn(night.nurse('ana').gotSms(/URGENT/));
    const ben = linkIn(night.nurse('ben').gotSms(/URGENT/));
    const [ofAna, ofBen] = await Promise.all([press(ana, 'acknowledge'), press(ben, 'acknowledge')]);
    const [escalation] = await night.escalations();
    const won = escalation!.acknowledged!.by;
    expect(ofAna).toMatch(won === 'ana' ? /You took Ref 1/ : /Ben took it/);
    expect(ofBen).toMatch(won === 'ben' ? /You took Ref 1/ : /Ana took it/);
  });

  it('passing on by link pages the next person at once, and the link has then done its work', async () => {
    await night.patient().says(PUS);
    const path = linkIn(night.nurse('ana').gotSms(/URGENT/));
    expect(await press(path, 'pass-on')).toMatch(/You passed on Ref 1 at 11:40 pm\. The next person is paged\./);
    night.nurse('ben').gotSms(/URGENT/);
    await press(path, 'acknowledge');
    expect((await night.escalations())[0]?.acknowledged).toBeNull();
  });

  it('a link and a session outlive a restart', async () => {
    await night.patient().says(PUS);
    const path = linkIn(night.nurse('ana').gotSms(/URGENT/));
    const ana = await signIn('ana', '+15550100101');
    await night.restart();
    console_ = openConsole(night, CLINICS);
    expect(await press(path, 'acknowledge')).toMatch(/You took Ref 1/);
    await request(console_.server)
      .get('/console')
      .set('cookie', `aftercare_console=${ana.cookies.get('aftercare_console')}`)
      .expect(200);
  });

  it('a person takes over: the bot is silent, a danger sign still pages, and the bot comes back', async () => {
    const patient = night.patient();
    await patient.says('can i wear makeup');
    await patient.reads();
    const ana = await signIn('ana', '+15550100101');
    const talk = `/console/conversations/${patient.conversationId}`;
    expect(await ana.does(`${talk}/take-over`)).toMatch(/You have taken over/);
    await patient.sees(/Ana/);
    await patient.says('and sunscreen?');
    await patient.seesNothingNew();
    await patient.says(PUS);
    expect(await night.escalations()).toMatchObject([{ tier: 'urgent', status: 'notified' }]);
    expect(wordsOf((await ana.get(talk).expect(200)).text)).toMatch(
      /Ref 1 Urgent .* and sunscreen\? .* Ana has taken over|Ana has taken over.* and sunscreen\?/,
    );
    await patient.reads();
    expect(await ana.does(`${talk}/hand-back`)).toMatch(/The bot answers again/);
    expect(await patient.reads()).toHaveLength(1);
  });

  it('a safety question without a reply: the list, the page and its history say so', async () => {
    const patient = night.patient();
    await patient.says('my face is so itchy');
    await night.pass('5 min');
    const ana = await signIn('ana', '+15550100101');
    expect(wordsOf((await ana.get('/console').expect(200)).text)).toMatch(/Ref 1 Urgent No reply to the safety question; U08/);
    const [escalation] = await night.escalations();
    const page = wordsOf((await ana.get(`/console/escalations/${escalation!.id}`).expect(200)).text);
    expect(page).toMatch(/Why No reply to the safety question; U08 Conversation/);
    expect(page).toMatch(/my face is so itchy .*hives, blisters or swelling.* Bot 11:45 pm Please talk to our on-call team now/);
    expect(page).toMatch(/Raised, by the bot \(Urgent, U08, no reply to the safety question\)/);
    expect(page).not.toMatch(/photo or file/);
  });

  it('raised by hand, given to Ben, who is paged and takes it', async () => {
    const patient = night.patient();
    await patient.says('can i wear makeup');
    const ana = await signIn('ana', '+15550100101');
    const talk = `/console/conversations/${patient.conversationId}`;
    const raised = await ana.does(`${talk}/escalate`, { tier: 'urgent' });
    expect(raised).toMatch(/Raised as Ref 1: Urgent\./);
    const [escalation] = await night.escalations();
    const page = `/console/escalations/${escalation!.id}`;
    expect(wordsOf((await ana.get(page).expect(200)).text)).toMatch(/Raised by hand: Ana/);
    await ana.does(`${page}/acknowledge`);
    expect(await ana.does(`${page}/snooze`, { minutes: '30' })).toMatch(/put off until 12:10 am|put off until Tue 12:10 am/);
    expect(await ana.does(`${page}/snooze`, { minutes: '240' })).toMatch(/expected at most \d+ minutes/);
    expect(await ana.does(`${page}/note`, { text: 'Husband is a doctor' })).toMatch(/Ana: Husband is a doctor/);
    expect(await ana.does(`${page}/reassign`, { person: 'ben' })).toMatch(/Ref 1 goes to Ben, who is paged now/);
    await night.pass('1 s');
    expect(await press(linkIn(night.nurse('ben').gotSms(/URGENT/)), 'acknowledge')).toMatch(/You took Ref 1/);
  });

  it('a question of the queue waits with its due time, and the answer reaches the patient', async () => {
    const patient = night.patient();
    await patient.says('can i wear makeup');
    const ana = await signIn('ana', '+15550100101');
    const talk = `/console/conversations/${patient.conversationId}`;
    await ana.does(`${talk}/escalate`, { tier: 'ask_clinic' });
    const list = (): Promise<string> => ana.get('/console').then(({ text }) => wordsOf(text));
    expect(await list()).toMatch(/Questions by due time .* Ref 1 Question Raised by hand: Ana 11:40 pm Tue \d+:\d\d (am|pm) Nobody/);
    await patient.reads();
    const [escalation] = await night.escalations();
    const back = escalation!.id;
    expect((await ana.get(`/console/escalations/${back}`)).text).toMatch(/name="close" value="yes">Send and close/);
    const reply = { text: 'Mineral makeup is fine tomorrow.', messageId: 'staff_0000000002', back, close: 'yes' };
    expect(await ana.does(`${talk}/reply`, reply)).toMatch(
      /Your reply is on its way to the patient\. Ref 1 is closed: Advice by message\./,
    );
    await patient.sees(/Mineral makeup is fine tomorrow/);
    expect(await list()).toMatch(/The queue is empty/);
  });

  it('the neighbour clinic sees none of it', async () => {
    const patient = night.patient();
    await patient.says(PUS);
    const [escalation] = await night.escalations();
    const zoe = await signIn('zoe', '+15550100201');
    for (const path of [`/console/escalations/${escalation!.id}`, `/console/conversations/${patient.conversationId}`])
      expect((await zoe.get(path).expect(404)).text).not.toMatch(/pus|Ref 1/);
    for (const path of ['/console', '/console/escalations', '/console/conversations', '/console/review', '/console/coverage'])
      expect((await zoe.get(path).expect(200)).text).not.toMatch(new RegExp(`Glow|Ref 1|${patient.conversationId}|${escalation!.id}`));
    expect((await zoe.post(`/console/escalations/${escalation!.id}/acknowledge`)).status).toBe(404);
    expect((await zoe.post(`/console/conversations/${patient.conversationId}/take-over`)).status).toBe(404);
    expect((await night.escalations())[0]?.acknowledged).toBeNull();
    expect((await night.store.summaryOf(patient.conversationId))?.takenOver).toBeNull();
  });

  it('what was not understood is listed for its own clinic, with the way to the message', async () => {
    await night.patient().says('the thing with the stuff still doing it');
    const ana = await signIn('ana', '+15550100101');
    const { text } = await ana.get('/console/review').expect(200);
    expect(text).toMatch(/href="\/console\/conversations\/conversation-patient#message-1"/);
    expect(wordsOf(text)).toMatch(/Asked back/);
  });

  it('who is on call, and that the demo night has no hole', async () => {
    const ana = await signIn('ana', '+15550100101');
    const words = wordsOf((await ana.get('/console/coverage').expect(200)).text);
    expect(words).toMatch(/Step 1 Ana Step 2 Ben/);
    expect(words).toMatch(/None: somebody can be reached at every minute/);
  });
});
