import type { Notifier, SendResult, StaffMessage } from '../../src/model/escalation';
import { makeNotifiers } from '../../src/notify';
import type { PhoneCompany } from '../phone-company';
import { openPhoneCompany } from '../phone-company';
import { notice, staffMessage } from './staff-message';

const PUBLIC_URL = 'https://chat.clinic.example';
let company: PhoneCompany;
beforeEach(
  async () => (company = await openPhoneCompany({ publicUrl: PUBLIC_URL, serverUrl: () => 'http://127.0.0.1:9', after: () => undefined })),
);
afterEach(() => company.close());

function notifier(method: 'sms' | 'voice', account: { readonly authToken?: string; readonly apiBaseUrl?: string } = {}): Notifier {
  const twilio = { accountSid: company.accountSid, authToken: company.authToken, apiBaseUrl: company.url, ...account };
  const found = makeNotifiers({ twilio, smtp: null, publicUrl: PUBLIC_URL, webhookKeys: () => [], clock: () => 0 }).get(method);
  if (!found) throw new Error(`Find notifier: expected one for ${method}.`);
  return found;
}

const text = (more: Partial<StaffMessage> = {}, deadlineMs = 5_000): Promise<SendResult> =>
  notifier('sms').send(staffMessage(more), deadlineMs);

describe('a text to staff', () => {
  it('is handed to the phone company with its words, our ids and the address for its reports', async () => {
    const result = await text();
    const [sent] = company.taken;
    expect(result).toEqual({ kind: 'sent', providerId: sent?.sid });
    expect(sent).toMatchObject({ kind: 'message', from: '+15550100199', to: '+15550100101', id: 'snd_0123456789ab0001', pageId: 'page_1' });
    expect(sent?.body).toMatch(/^Glow Clinic: URGENT aftercare message waiting\. Ref 12\./);
    expect(sent?.statusCallback).toMatch(/^https:\/\/chat\.clinic\.example\/sms\/status\?/);
    expect(sent?.idempotencyToken).toBe('snd_0123456789ab0001');
  });

  it('of a notice names no page', async () => {
    await text(notice('acknowledged'));
    expect(company.taken[0]).toMatchObject({ id: 'snd_0123456789ab0001', pageId: null });
  });

  it.each([
    [400, 21610, true, 'the person opted out'],
    [400, 21614, true, 'it is no mobile number'],
    [400, 21211, true, 'it is no number'],
    [401, 20003, true, 'the account is refused'],
    [400, 30003, false, 'the telephone is out of reach'],
    [429, 20429, false, 'too many requests at once'],
    [400, 21611, false, 'too many texts wait'],
    [500, 20500, false, 'the phone company is broken'],
    [503, 20503, false, 'the phone company is overloaded'],
  ])('that is refused with %i and %i is permanent: %s, because %s', async (status, code, permanent) => {
    company.behave({ refuse: { status, code } });
    expect(await text()).toEqual({ kind: 'failed', permanent, code: String(code) });
    expect(company.taken).toEqual([]);
  });

  it('that is not answered in time has failed for the moment', async () => {
    company.behave({ hangs: 'taken' });
    expect(await text({}, 50)).toEqual({ kind: 'failed', permanent: false, code: 'timeout' });
    expect(company.taken).toHaveLength(1);
  });

  it('to a phone company that cuts the line, or is not there, has failed for the moment', async () => {
    company.goDown(60_000);
    expect(await text()).toMatchObject({ kind: 'failed', permanent: false, code: expect.stringMatching(/^(UND_ERR_SOCKET|ECONNRESET)$/) });
    expect(await notifier('sms', { apiBaseUrl: 'http://127.0.0.1:9' }).send(staffMessage(), 5_000)).toMatchObject({
      kind: 'failed',
      permanent: false,
    });
  });

  it('with a token that is wrong has failed for good', async () => {
    expect(await notifier('sms', { authToken: 'wrong' }).send(staffMessage(), 5_000)).toEqual({
      kind: 'failed',
      permanent: true,
      code: '20003',
    });
  });

  it('of a clinic without a number fails for good, and nothing is sent', async () => {
    expect(await text({ clinic: { id: 'x', name: 'X', zone: 'UTC', smsNumber: null } })).toEqual({
      kind: 'failed',
      permanent: true,
      code: 'no_number',
    });
    expect(company.requests).toBe(0);
  });

  it('can be asked after', async () => {
    await text();
    const sent = company.taken[0]!;
    const poll = (sid: string) => notifier('sms').poll!(sid);
    expect(await poll(sent.sid)).toBe('sent');
    sent.status = 'delivered';
    expect(await poll(sent.sid)).toBe('delivered');
    sent.status = 'undelivered';
    expect(await poll(sent.sid)).toBe('failed');
    sent.status = 'a word of next year';
    expect(await poll(sent.sid)).toBeNull();
    expect(await poll('SMunknown')).toBeNull();
    company.goDown(60_000);
    expect(await poll(sent.sid)).toBeNull();
  });
});

describe('a call to staff', () => {
  it('of a page asks us what to say when it is answered', async () => {
    const result = await notifier('voice').send(staffMessage(), 5_000);
    const [call] = company.taken;
    expect(result).toEqual({ kind: 'sent', providerId: call?.sid });
    expect(call).toMatchObject({ kind: 'call', to: '+15550100101', url: `${PUBLIC_URL}/voice/page/page_1`, twiml: null, pageId: 'page_1' });
    expect(call?.statusCallback).toMatch(/^https:\/\/chat\.clinic\.example\/voice\/status\?/);
  });

  it('of a notice brings its words along, and says them twice', async () => {
    const clinic = { id: 'x', name: 'Skin & <Care>', zone: 'UTC', smsNumber: '+15550100199' };
    await notifier('voice').send(notice('overdue', { clinic }), 5_000);
    const said = await company.answer(company.taken[0]!);
    expect(said).toBe('This is Skin & <Care>. Reference 4 1 is overdue and still waits for an answer. '.repeat(2).trim());
  });

  it('can be asked after', async () => {
    await notifier('voice').send(staffMessage(), 5_000);
    const call = company.taken[0]!;
    for (const [status, said] of [
      ['ringing', 'sent'],
      ['in-progress', 'delivered'],
      ['completed', 'delivered'],
      ['no-answer', 'failed'],
    ] as const) {
      call.status = status;
      expect(await notifier('voice').poll!(call.sid)).toBe(said);
    }
  });
});

describe('the ways to reach staff', () => {
  it('are those that are set up', () => {
    const parts = { publicUrl: null, webhookKeys: () => [], clock: () => 0 };
    const twilio = { accountSid: 'AC', authToken: 't', apiBaseUrl: 'http://127.0.0.1:9' };
    const smtp = { url: 'smtp://127.0.0.1:9', from: 'a@clinic.example' };
    expect([...makeNotifiers({ ...parts, twilio: null, smtp: null }).keys()]).toEqual(['webhook']);
    expect([...makeNotifiers({ ...parts, twilio, smtp }).keys()]).toEqual(['email', 'webhook']);
    const all = makeNotifiers({
      ...parts,
      twilio,
      smtp,
      publicUrl: PUBLIC_URL,
      postCard: async () => ({ kind: 'sent', providerId: null }),
    });
    expect([...all.keys()].toSorted()).toEqual(['email', 'sms', 'teams', 'voice', 'webhook']);
    for (const [method, notifier] of all) expect(notifier.method).toBe(method);
  });

  it('by a card in Teams hand its words to whoever posts it, within the deadline', async () => {
    const cards: unknown[] = [];
    const make = (post: () => Promise<SendResult>) =>
      makeNotifiers({
        ...{ twilio: null, smtp: null, publicUrl: null, webhookKeys: () => [], clock: () => 0 },
        postCard: (card) => {
          cards.push(card);
          return post();
        },
      }).get('teams')!;
    expect(await make(async () => ({ kind: 'sent', providerId: 'card' })).send(staffMessage(), 1_000)).toEqual({
      kind: 'sent',
      providerId: 'card',
    });
    expect(cards).toEqual([expect.objectContaining({ title: 'URGENT aftercare message waiting, ref 12 (Glow Clinic)' })]);
    expect(await make(() => new Promise(() => undefined)).send(staffMessage(), 20)).toEqual({
      kind: 'failed',
      permanent: false,
      code: 'timeout',
    });
    await expect(make(() => Promise.reject(new Error('a fault of our own'))).send(staffMessage(), 1_000)).rejects.toThrow(
      'a fault of our own',
    );
  });
});
