import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { RestAnswer, Taken } from './phone-company/rest';
import { refusal, showTaken, takeForm } from './phone-company/rest';
import { signTwilioWebhook } from './phone-company/sign-webhook';
import type { Script } from './phone-company/twiml';
import { readTwiml } from './phone-company/twiml';

export type { Taken } from './phone-company/rest';

/** How the phone company treats what it is given, for one number or for all. */
export interface Behaviour {
  /** Refuses at once, such as `{ status: 400, code: 21610 }`. */
  readonly refuse?: { readonly status: number; readonly code: number };
  /** Never answers the request; `taken` after it has taken the text or call, `lost` without. */
  readonly hangs?: 'taken' | 'lost';
  /** What becomes of a text: delivered, or undelivered with a code such as 30003. */
  readonly fate?: { readonly status: 'delivered' | 'undelivered' | 'failed'; readonly code?: number };
  /** How status callbacks come; late is ten minutes after. */
  readonly callbacks?: 'usual' | 'none' | 'late' | 'twice' | 'reordered';
}

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

/** What one delivery of a webhook came to; status 0: nobody answered, not even at the second try. */
export interface Delivery {
  readonly status: number;
  readonly text: string;
}

/** A phone company that speaks Twilio's protocol over real HTTP on this machine, signs as Twilio does, and fails when told to. */
export interface PhoneCompany {
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
  /** Somebody texts one of our numbers; `times` over for a webhook that is delivered more than once. */
  textFrom(
    from: string,
    text: string,
    options: { readonly to: string; readonly sid?: string; readonly times?: number },
  ): Promise<Delivery[]>;
  /** Somebody takes the call; resolves to what it says. */
  answer(call: Taken): Promise<string>;
  /** Presses keys in a call that was answered; resolves to what is said then. */
  press(call: Taken, digits: string): Promise<string>;
  /** Says and presses nothing, so that the call goes on by itself. */
  wait(call: Taken): Promise<string>;
  /** Posts signed fields to a door of ours. */
  post(path: string, fields: Readonly<Record<string, string>>): Promise<Delivery>;
  /** Waits until every callback that was due has been delivered. */
  idle(): Promise<void>;
  close(): Promise<void>;
}

/** When the steps of a text and of a call are reported, in milliseconds after it was taken. */
const STEPS = { sending: 100, sent: 500, end: 2_000, initiated: 100, ringing: 1_000, unanswered: 30_000, late: 600_000 } as const;

/** Opens a phone company. */
export async function openPhoneCompany(options: PhoneCompanyOptions): Promise<PhoneCompany> {
  const { accountSid = `AC${'0123456789abcdef'.repeat(2)}`, authToken = 'token-of-the-fake-account' } = options;
  const now = options.now ?? Date.now;
  const after = options.after ?? ((ms, work) => void setTimeout(work, ms).unref());
  const taken: Taken[] = [];
  const behaviours = new Map<string, Behaviour>();
  const scripts = new Map<string, Script>();
  const inFlight = new Set<Promise<unknown>>();
  const sockets = new Set<Socket>();
  let downUntil = -Infinity;
  let requests = 0;
  const behaviourOf = (number: string): Behaviour => behaviours.get(number) ?? behaviours.get('') ?? {};

  /** Delivers a signed form; tried once more when nobody answers, as Twilio does. */
  async function deliver(url: string, fields: Readonly<Record<string, string>>): Promise<Delivery> {
    const target = url.replace(options.publicUrl, options.serverUrl());
    const request = {
      method: 'POST',
      headers: {
        'X-Twilio-Signature': signTwilioWebhook(authToken, url, fields),
        'I-Twilio-Idempotency-Token': randomBytes(16).toString('hex'),
      },
      body: new URLSearchParams(fields),
    };
    const once = async (): Promise<Delivery | null> => {
      try {
        const response = await fetch(target, request);
        return { status: response.status, text: await response.text() };
      } catch {
        return null; // nobody answered; a test that expects an answer sees status 0
      }
    };
    return (await once()) ?? (await once()) ?? { status: 0, text: '' };
  }

  const track = <T>(work: Promise<T>): Promise<T> => {
    inFlight.add(work);
    void work.finally(() => inFlight.delete(work)).catch(() => undefined);
    return work;
  };
  const common = { AccountSid: accountSid, ApiVersion: '2010-04-01' };

  function report(sent: Taken, status: string, code: number | null = null): void {
    if (sent.statusCallback === null) return;
    const error = code === null ? {} : { ErrorCode: String(code) };
    const parties = { ...common, From: sent.from, To: sent.to, ...error };
    const fields =
      sent.kind === 'message'
        ? { ...parties, MessageSid: sent.sid, SmsSid: sent.sid, MessageStatus: status, SmsStatus: status }
        : { ...parties, CallSid: sent.sid, CallStatus: status, Direction: 'outbound-api', CallbackSource: 'call-progress-events' };
    void track(deliver(sent.statusCallback, fields));
  }

  /** Moves a text on by itself, reporting as it was told to. */
  function live(sent: Taken): void {
    const { callbacks = 'usual', fate = { status: 'delivered' } } = behaviourOf(sent.to);
    const code = fate.code ?? null;
    const late = callbacks === 'late' ? STEPS.late : 0;
    const steps: readonly (readonly [number, string, number | null])[] = [
      [STEPS.sending, 'sending', null],
      [STEPS.sent, 'sent', null],
      [STEPS.end, fate.status, code],
    ];
    for (const [at, status, errorCode] of steps) {
      after(at, () => {
        sent.status = status;
        sent.errorCode = errorCode;
      });
      if (callbacks === 'none') continue;
      const reportAt = (callbacks === 'reordered' ? STEPS.end - at : at) + late;
      const copies = callbacks === 'twice' ? 2 : 1;
      for (let copy = 0; copy < copies; copy++) after(reportAt, () => report(sent, status, errorCode));
    }
  }

  /** Lets a call ring, and end unanswered unless somebody takes it. */
  function ring(call: Taken): void {
    const move = (status: string): void => {
      if (call.status === 'in-progress' || call.status === 'completed') return;
      call.status = status;
      if (behaviourOf(call.to).callbacks !== 'none') report(call, status);
    };
    after(STEPS.initiated, () => move('initiated'));
    after(STEPS.ringing, () => move('ringing'));
    after(STEPS.unanswered, () => move('no-answer'));
  }

  function take(kind: Taken['kind'], form: URLSearchParams, token: string | null): RestAnswer | 'hang' {
    const { refuse, hangs } = behaviourOf(form.get('To') ?? '');
    if (refuse) return refusal(refuse.status, refuse.code);
    if (hangs === 'lost') return 'hang';
    const result = takeForm(kind, form, { token, at: now() });
    if ('body' in result && !('sid' in result)) return result;
    const sent = result as Taken;
    taken.push(sent);
    options.onTaken?.(sent);
    if (kind === 'message') live(sent);
    else ring(sent);
    return hangs === 'taken' ? 'hang' : { status: 201, body: showTaken(accountSid, sent) };
  }

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    requests += 1;
    if (now() < downUntil) return void request.socket.destroy();
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const answer = route(request, new URLSearchParams(Buffer.concat(chunks).toString('utf8')));
    if (answer === 'hang') return;
    response.writeHead(answer.status, { 'content-type': 'application/json' }).end(JSON.stringify(answer.body));
  }

  function route(request: IncomingMessage, form: URLSearchParams): RestAnswer | 'hang' {
    const expected = `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString('base64')}`;
    if (request.headers.authorization !== expected) return refusal(401, 20003);
    const [, resource, sid] =
      new RegExp(`^/2010-04-01/Accounts/${accountSid}/(Messages|Calls)(?:/(\\w+))?\\.json$`).exec(request.url ?? '') ?? [];
    if (resource === undefined) return refusal(404, 20404);
    if (request.method === 'POST' && sid === undefined) {
      if (!request.headers['content-type']?.startsWith('application/x-www-form-urlencoded')) return refusal(415, 20415);
      const token = request.headers['i-twilio-idempotency-token'];
      return take(resource === 'Messages' ? 'message' : 'call', form, typeof token === 'string' ? token : null);
    }
    const found = taken.find((sent) => sent.sid === sid);
    return found && request.method === 'GET' ? { status: 200, body: showTaken(accountSid, found) } : refusal(404, 20404);
  }

  const server = createServer((request, response) => void track(serve(request, response)));
  server.on('connection', (socket: Socket) => sockets.add(socket.once('close', () => sockets.delete(socket))));
  server.listen(options.port ?? 0, '127.0.0.1');
  await once(server, 'listening');

  /** Asks our doors what the call says next, and keeps where keys lead. */
  async function play(call: Taken, url: string, digits: string | null): Promise<string> {
    const fields = { ...common, CallSid: call.sid, From: call.from, To: call.to, CallStatus: 'in-progress', Direction: 'outbound-api' };
    const { status, text } = await deliver(url, digits === null ? fields : { ...fields, Digits: digits });
    if (status !== 200) throw new Error(`Play call: expected TwiML, got status ${status}.`);
    return follow(call, text, url);
  }

  /** Addresses in TwiML may be relative to the document they stand in. */
  function follow(call: Taken, xml: string, base: string): string {
    const script = readTwiml(xml);
    const absolute = (address: string | null): string | null => (address === null ? null : new URL(address, base).href);
    scripts.set(call.sid, { ...script, action: absolute(script.action), redirect: absolute(script.redirect) });
    if (script.action === null && script.redirect === null) {
      call.status = 'completed';
      report(call, 'completed');
    }
    return script.said;
  }

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    accountSid,
    authToken,
    taken,
    get requests() {
      return requests;
    },
    textsTo: (number) => taken.filter((sent) => sent.kind === 'message' && sent.to === number),
    callsTo: (number) => taken.filter((sent) => sent.kind === 'call' && sent.to === number),
    behave: (behaviour, to = '') => void behaviours.set(to, behaviour),
    goDown(ms) {
      downUntil = now() + ms;
    },
    textFrom(from, text, { to, sid = `SM${randomBytes(16).toString('hex')}`, times = 1 }) {
      const ids = { ...common, MessageSid: sid, SmsSid: sid, SmsMessageSid: sid, SmsStatus: 'received' };
      const fields = { ...ids, From: from, To: to, Body: text, NumMedia: '0', NumSegments: '1' };
      return track(Promise.all(Array.from({ length: times }, () => deliver(`${options.publicUrl}/sms/inbound`, fields))));
    },
    async answer(call) {
      call.status = 'in-progress';
      report(call, 'in-progress');
      if (call.url === null) return follow(call, call.twiml ?? '', options.publicUrl);
      return track(play(call, call.url, null));
    },
    async press(call, digits) {
      const action = scripts.get(call.sid)?.action;
      if (!action) throw new Error('Press keys: expected a call that waits for keys.');
      return track(play(call, action, digits));
    },
    async wait(call) {
      const redirect = scripts.get(call.sid)?.redirect;
      if (!redirect) throw new Error('Wait in a call: expected one that goes on by itself.');
      return track(play(call, redirect, null));
    },
    post: (path, fields) => track(deliver(`${options.publicUrl}${path}`, fields)),
    async idle() {
      while (inFlight.size > 0) await Promise.allSettled([...inFlight]);
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
