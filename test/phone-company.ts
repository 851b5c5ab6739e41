import { randomBytes } from 'node:crypto';
import type { Behaviour } from './phone-company/behaviour';
import { makeMood } from './phone-company/behaviour';
import type { Calls } from './phone-company/calls';
import { makeCalls } from './phone-company/calls';
import type { Delivery, Fields } from './phone-company/courier';
import { makeCourier } from './phone-company/courier';
import { makeLife } from './phone-company/life';
import type { Heard, RestAnswer, Taken } from './phone-company/rest';
import { isTaken, refusal, showList, showTaken, takeForm } from './phone-company/rest';
import type { RestRequest } from './phone-company/rest-server';
import { openRestServer } from './phone-company/rest-server';

export type { Behaviour } from './phone-company/behaviour';
export type { Taken } from './phone-company/rest';

/** What the phone company needs to know. All times are milliseconds; without a clock and scheduler it lives by the machine's. */
export interface PhoneCompanyOptions {
  readonly accountSid?: string;
  readonly authToken?: string;
  readonly port?: number;
  /** The address that our doors are known by, and that requests to them are signed for. */
  readonly publicUrl: string;
  /** Where that address is reached in truth. */
  readonly serverUrl: () => string;
  readonly now?: () => number;
  readonly after?: (ms: number, work: () => void) => void;
  /** Told of each text and call when it is taken, before the answer leaves. */
  readonly onTaken?: (taken: Taken) => void;
}

/** How somebody's text reaches us; `times` over for a webhook that is delivered more than once, 0 for one that never comes. */
export interface TextOptions {
  /** Our number. */
  readonly to: string;
  readonly sid?: string;
  readonly times?: number;
  /** How many photos come with it. */
  readonly media?: number;
}

/**
 * A phone company that speaks Twilio's protocol over real HTTP on this machine, signs as Twilio does, and fails when told to. Like
 * Twilio it acts on STOP and START by itself. It takes a retried request as a new one: Twilio promises nothing else.
 */
export interface PhoneCompany extends Calls {
  /** For TWILIO_API_BASE_URL. */
  readonly url: string;
  readonly accountSid: string;
  readonly authToken: string;
  /** Every text and call it has taken, in order. */
  readonly taken: readonly Taken[];
  /** How many requests it got, taken or not. */
  readonly requests: number;
  textsTo(number: string): readonly Taken[];
  callsTo(number: string): readonly Taken[];
  /** From now on; for one number, or for all that have none of their own. */
  behave(behaviour: Behaviour, to?: string): void;
  /** Cuts every connection for so long. */
  goDown(ms: number): void;
  /** Somebody texts one of our numbers. */
  textFrom(from: string, text: string, options: TextOptions): Promise<Delivery[]>;
  /** Posts signed fields to a door of ours. */
  post(path: string, fields: Fields): Promise<Delivery>;
  /** Waits until every callback that was due has been delivered. */
  idle(): Promise<void>;
  close(): Promise<void>;
}

const ACCOUNT = `AC${'0123456789abcdef'.repeat(2)}`;

/** Opens a phone company. */
export async function openPhoneCompany(options: PhoneCompanyOptions): Promise<PhoneCompany> {
  const { accountSid = ACCOUNT, authToken = 'token-of-the-fake-account', publicUrl, serverUrl, now = Date.now } = options;
  const after = options.after ?? ((ms, work) => void setTimeout(work, ms).unref());
  const courier = makeCourier({ authToken, publicUrl, serverUrl });
  const mood = makeMood(now);
  const life = makeLife({ accountSid, courier, mood, now, after });
  const calls = makeCalls({ accountSid, courier, life, publicUrl });
  const taken: Taken[] = [];

  function take({ resource, form, idempotencyToken }: RestRequest): RestAnswer | 'hang' {
    const [to, from] = [form.get('To') ?? '', form.get('From') ?? ''];
    const { refuse, hangs } = mood.of(to);
    if (refuse) return refusal(refuse.status, refuse.code);
    if (hangs === 'lost') return 'hang';
    if (resource === 'message' && mood.hasOptedOut(to, from)) return refusal(400, 21610);
    const sent = takeForm(resource, form, { token: idempotencyToken, at: now() });
    if (!isTaken(sent)) return sent;
    taken.push(sent);
    options.onTaken?.(sent);
    life.begin(sent);
    return hangs === 'taken' ? 'hang' : { status: 201, body: showTaken(accountSid, sent) };
  }

  const heard: Heard[] = [];

  function answer(request: RestRequest): RestAnswer | 'hang' {
    if (request.method === 'GET' && request.sid === null && request.resource === 'message')
      return showList(accountSid, heard, request.query);
    if (request.method === 'POST' && request.sid === null) return take(request);
    const found = taken.find(({ sid }) => sid === request.sid);
    return found && request.method === 'GET' ? { status: 200, body: showTaken(accountSid, found) } : refusal(404, 20404);
  }

  function textFrom(
    from: string,
    text: string,
    { to, sid = `SM${randomBytes(16).toString('hex')}`, times = 1, media = 0 }: TextOptions,
  ): Promise<Delivery[]> {
    heard.push({ sid, from, to, body: text, media, at: now() });
    const optOut = mood.hear(from, to, text);
    const ids = {
      AccountSid: accountSid,
      ApiVersion: '2010-04-01',
      MessageSid: sid,
      SmsSid: sid,
      SmsMessageSid: sid,
      SmsStatus: 'received',
    };
    const photos = Object.fromEntries(
      Array.from({ length: media }, (_, index) => [
        [`MediaUrl${index}`, `${rest.url}/media/${sid}/${index}`],
        [`MediaContentType${index}`, 'image/jpeg'],
      ]).flat() as [string, string][],
    );
    const about = { From: from, To: to, Body: text, NumMedia: String(media), NumSegments: '1', ...photos };
    const fields = { ...ids, ...about, ...(optOut ? { OptOutType: optOut } : {}) };
    return Promise.all(Array.from({ length: times }, () => courier.deliver(`${publicUrl}/sms/inbound`, fields)));
  }

  const isDown = (): boolean => now() < mood.downUntil;
  const rest = await openRestServer({ port: options.port ?? 0, accountSid, authToken, isDown, answer });
  const all = (kind: Taken['kind']) => (number: string) => taken.filter((sent) => sent.kind === kind && sent.to === number);
  return {
    ...calls,
    ...{ url: rest.url, accountSid, authToken, taken, textFrom },
    get requests() {
      return rest.requests;
    },
    textsTo: all('message'),
    callsTo: all('call'),
    behave: (behaviour, to = '') => mood.set(behaviour, to),
    goDown: (ms) => mood.goDown(ms),
    post: (path, fields) => courier.deliver(`${publicUrl}${path}`, fields),
    idle: () => courier.idle(),
    close: () => rest.close(),
  };
}
