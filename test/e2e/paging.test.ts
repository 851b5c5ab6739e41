import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import request from 'supertest';
import { clinicSchema } from '../../src/model/clinic';
import type { WebhookHeaders } from '../../src/tools/webhook-signature';
import { checkWebhook, signWebhook } from '../../src/tools/webhook-signature';
import { testMinds } from '../house';
import type { PhoneCompany, Taken } from '../phone-company';
import { openPhoneCompany } from '../phone-company';
import type { RealServer } from './real-server';
import { openRealServer } from './real-server';

/**
 * The whole product on real HTTP: a patient writes in the web channel, the phone company takes texts and calls and reports on them, a
 * clinic's own system gets webhooks, and staff answer through the doors.
 */
const PUBLIC_URL = 'https://chat.clinic.example';
const KEY = `whsec_${Buffer.alloc(32, 9).toString('base64')}`;
const [ANA, BEN, CLINIC] = ['+15550100101', '+15550100102', '+15550100199'];

let real: RealServer;
let company: PhoneCompany;
const hooks: { readonly headers: Partial<WebhookHeaders>; readonly body: string }[] = [];
const receiver = createServer((incoming, response) => {
  let body = '';
  incoming.on('data', (chunk: Buffer) => (body += chunk.toString('utf8')));
  incoming.on('end', () => {
    hooks.push({ headers: incoming.headers as Partial<WebhookHeaders>, body });
    response.writeHead(204).end();
  });
});

beforeEach(async () => {
  receiver.listen(0, '127.0.0.1');
  await once(receiver, 'listening');
  company = await openPhoneCompany({ publicUrl: PUBLIC_URL, serverUrl: () => real.url });
  const { accountSid, authToken, url: apiBaseUrl } = company;
  real = await openRealServer({
    minds: { ...testMinds(), clinic: makeClinic() },
    config: { twilio: { accountSid, authToken, apiBaseUrl }, publicUrl: PUBLIC_URL, secret: 's'.repeat(32) },
  });
  real.house.paging.start();
});
afterEach(async () => {
  await company.idle();
  await real.close();
  await company.close();
  receiver.closeAllConnections();
  receiver.close();
  hooks.length = 0;
});

/** Ana is texted and then called, Ben is texted after two seconds, and Cho's system gets webhooks at once. */
function makeClinic() {
  const to = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/pages`;
  return clinicSchema.parse({
    ...{ id: 'glow', name: 'Glow Clinic', phone: '(555) 010-0199', zone: 'America/New_York', hours: {}, smsNumber: CLINIC },
    staff: [
      {
        id: 'ana',
        name: 'Ana',
        pin: '4821',
        contacts: [
          { method: 'sms', to: ANA },
          { method: 'voice', to: ANA, after: '1s' },
        ],
      },
      { id: 'ben', name: 'Ben', contacts: [{ method: 'sms', to: BEN }] },
      { id: 'cho', name: 'Cho', contacts: [{ method: 'webhook', to, keys: [KEY] }] },
    ],
    onCall: { steps: [{ targets: ['ana', 'cho'] }, { targets: ['ben'] }], fallback: 'ben' },
    clocks: { urgentNextStep: '2s', retryEvery: '4s', sendDeadline: '1s' },
  });
}

/** Waits, at most ten seconds, until something is there. */
async function until<T>(find: () => T | undefined | false): Promise<T> {
  for (const end = Date.now() + 10_000; Date.now() < end; await new Promise((resolve) => setTimeout(resolve, 20))) {
    const found = find();
    if (found !== undefined && found !== false) return found;
  }
  throw new Error('Wait for something: expected it within ten seconds.');
}

/** A patient writes of pus. */
async function writeOfPus(): Promise<void> {
  const { token, conversationId } = (await request(real.url).post('/widget/token').expect(200)).body;
  const authorization = `Bearer ${token}`;
  await request(real.url).post('/v3/directline/conversations').set({ authorization }).expect(201);
  const activity = { type: 'message', text: 'yellow pus is coming out of my cheek' };
  await request(real.url)
    .post(`/v3/directline/conversations/${conversationId}/activities`)
    .set({ authorization })
    .send(activity)
    .expect(200);
}

const textTo = (number: string, pattern: RegExp): Promise<Taken> =>
  until(() => company.textsTo(number).find(({ body }) => pattern.test(body)));
const only = async () => {
  const [escalation] = await real.house.store.listEscalations(null, 10);
  if (!escalation) throw new Error('Find escalation: expected one.');
  return escalation;
};
const page = async (method: string) => (await only()).pages.find((one) => one.method === method);

describe('paging, over real HTTP', () => {
  it('texts the nurse, hears that it was delivered, takes her reply and says what happened', async () => {
    await writeOfPus();
    const text = await textTo(ANA, /URGENT/);
    const { ref } = await only();
    expect(text.body).toMatch(new RegExp(`^Glow Clinic: URGENT aftercare message waiting\\. Ref ${ref}\\. Reply ${ref}a to acknowledge`));
    expect(text.body).not.toMatch(/pus|cheek|infect/i);
    await company.textFrom(ANA, `${ref} A.`, { to: CLINIC, times: 2 });
    await textTo(ANA, new RegExp(`Ref ${ref} is yours\\. Open it: ${PUBLIC_URL}/console`));
    expect(await only()).toMatchObject({ status: 'acknowledged', acknowledged: { by: 'ana', via: 'sms' } });
    expect(company.textsTo(ANA).filter(({ body }) => /is yours/.test(body))).toHaveLength(1);
    expect(company.textsTo(BEN)).toEqual([]);
  });

  it('notes what the phone company reports', async () => {
    await writeOfPus();
    await textTo(ANA, /URGENT/);
    await until(() => company.taken[0]?.status === 'delivered');
    await company.idle();
    expect(await page('sms')).toMatchObject({ status: 'delivered', providerId: company.taken[0]?.sid });
  });

  it('calls when the text is not answered, and takes the key as an acknowledgement', async () => {
    company.behave({ fate: { status: 'undelivered', code: 30005 } }, ANA);
    await writeOfPus();
    const call = await until(() => company.callsTo(ANA)[0]);
    expect(await company.answer(call)).toMatch(/^This is Glow Clinic\. An urgent message is waiting, reference \d/);
    expect(await company.press(call, '1')).toMatch(/is yours/);
    expect(await only()).toMatchObject({ status: 'acknowledged', acknowledged: { by: 'ana', via: 'voice' } });
  });

  it('goes on to the next method at once when the number opted out, and to the next person when nobody answers', async () => {
    await company.textFrom(ANA, 'STOP', { to: CLINIC });
    await writeOfPus();
    await until(() => company.callsTo(ANA)[0]);
    expect(await page('sms')).toMatchObject({ status: 'failed_permanently', failure: '21610' });
    await textTo(BEN, /URGENT/);
  });

  it("posts a signed webhook to a clinic's own system and takes its signed answer once", async () => {
    await writeOfPus();
    const hook = await until(() => hooks[0]);
    expect(checkWebhook([KEY], hook.headers, hook.body, Date.now())).toBe('good');
    expect(hook.body).not.toMatch(/pus|cheek|infect/i);
    const { answerTo } = JSON.parse(hook.body).data as { readonly answerTo: string };
    const body = '{"action":"acknowledge"}';
    const headers = signWebhook([KEY], { id: 'msg_from_the_clinic', body, at: Date.now() });
    const answer = () =>
      request(real.url)
        .post(answerTo.replace(PUBLIC_URL, ''))
        .set({ ...headers })
        .type('json')
        .send(body);
    expect((await answer().expect(200)).body).toMatchObject({ result: 'done', status: 'acknowledged' });
    await answer().expect(409);
    expect(await only()).toMatchObject({ acknowledged: { by: 'cho', via: 'webhook' } });
    await textTo(ANA, /Cho has it\. Nothing to do for you\.$/);
  });

  it('tries again when the phone company does not answer for a moment', async () => {
    company.behave({ refuse: { status: 503, code: 20503 } });
    await writeOfPus();
    await until(() => company.requests >= 2);
    company.behave({});
    await textTo(ANA, /URGENT/);
  });

  it('texts once when the phone company took the text but never said so, and then reports it', async () => {
    company.behave({ hangs: 'taken' }, ANA);
    await writeOfPus();
    await until(() => company.textsTo(ANA)[0]?.status === 'delivered');
    await company.idle();
    expect(await page('sms')).toMatchObject({ status: 'delivered' });
    await new Promise((resolve) => setTimeout(resolve, 4_500));
    const [first, ...later] = company.textsTo(ANA);
    expect(later.filter(({ pageId }) => pageId === first?.pageId)).toEqual([]); // the ladder's next round may have come
  });

  it('answers what it does not understand five times, then no more until something real comes', async () => {
    for (let times = 0; times < 7; times++) await company.textFrom(ANA, 'who is this', { to: CLINIC });
    await until(() => company.textsTo(ANA).length >= 5);
    await writeOfPus();
    await textTo(ANA, /URGENT/);
    expect(company.textsTo(ANA).filter(({ body }) => /not understood/.test(body))).toHaveLength(5);
  });
});
