import { randomBytes } from 'node:crypto';

/** A text or a call that the phone company has taken. */
export interface Taken {
  readonly kind: 'message' | 'call';
  readonly sid: string;
  readonly from: string;
  readonly to: string;
  /** Of a text. */
  readonly body: string;
  /** Of a call: where it asks what to say, or what it says. */
  readonly url: string | null;
  readonly twiml: string | null;
  readonly statusCallback: string | null;
  /** Ours, from the callback's address. */
  readonly id: string | null;
  readonly pageId: string | null;
  readonly idempotencyToken: string | null;
  readonly at: number;
  status: string;
  errorCode: number | null;
}

/** A text that somebody sent to one of our numbers. */
export interface Heard {
  readonly sid: string;
  readonly from: string;
  readonly to: string;
  readonly body: string;
  readonly media: number;
  readonly at: number;
}

/** An answer of the REST interface. */
export interface RestAnswer {
  readonly status: number;
  readonly body: unknown;
}

/** Whether it was taken, not refused. */
export function isTaken(result: Taken | RestAnswer): result is Taken {
  return 'sid' in result;
}

/** Checks a form as Twilio does and makes the text or call of it, or says which error it is. */
export function takeForm(
  kind: Taken['kind'],
  form: URLSearchParams,
  more: { readonly token: string | null; readonly at: number },
): Taken | RestAnswer {
  const [to, from] = [form.get('To') ?? '', form.get('From') ?? ''];
  if (to === '') return refusal(400, kind === 'message' ? 21604 : 21201);
  if (!/^\+[1-9]\d{6,14}$/.test(to)) return refusal(400, 21211);
  if (from === '') return refusal(400, kind === 'message' ? 21603 : 21213);
  const body = form.get('Body') ?? '';
  if (kind === 'message' && body === '') return refusal(400, 21602);
  if (kind === 'message' && body.length > 1600) return refusal(400, 21617);
  const [url, twiml] = [form.get('Url'), form.get('Twiml')];
  if (kind === 'call' && url === null && twiml === null) return refusal(400, 21205);
  const statusCallback = form.get('StatusCallback');
  if (statusCallback !== null && !URL.canParse(statusCallback)) return refusal(400, 21609);
  const ids = statusCallback === null ? new URLSearchParams() : new URL(statusCallback).searchParams;
  const sid = `${kind === 'message' ? 'SM' : 'CA'}${randomBytes(16).toString('hex')}`;
  return {
    ...{ kind, sid, from, to, body, url, twiml, statusCallback },
    ...{ id: ids.get('id'), pageId: ids.get('page'), idempotencyToken: more.token, at: more.at, status: 'queued', errorCode: null },
  };
}

/** An error as Twilio words it. */
export function refusal(status: number, code: number): RestAnswer {
  return { status, body: { code, message: `Error ${code}`, more_info: `https://www.twilio.com/docs/errors/${code}`, status } };
}

/** A text or a call as the REST interface shows it. */
export function showTaken(accountSid: string, taken: Taken): unknown {
  const date = new Date(taken.at).toUTCString().replace('GMT', '+0000');
  const common = { sid: taken.sid, account_sid: accountSid, api_version: '2010-04-01', date_created: date, date_updated: date };
  const parties = { from: taken.from, to: taken.to, status: taken.status, direction: 'outbound-api', price: null };
  const path = `/2010-04-01/Accounts/${accountSid}/${taken.kind === 'message' ? 'Messages' : 'Calls'}/${taken.sid}.json`;
  if (taken.kind === 'call') return { ...common, ...parties, uri: path, duration: null, answered_by: null, subresource_uris: {} };
  const sms = { body: taken.body, error_code: taken.errorCode, error_message: null, num_segments: '1', num_media: '0' };
  return {
    ...common,
    ...parties,
    ...sms,
    uri: path,
    messaging_service_sid: null,
    date_sent: null,
    price_unit: 'USD',
    subresource_uris: {},
  };
}

const LIST_SIZE = 50;

/** A page of the list of texts that people sent, newest first; narrowed to a number and to days, as Twilio does it. */
export function showList(accountSid: string, heard: readonly Heard[], query: URLSearchParams): RestAnswer {
  const since = Date.parse(`${query.get('DateSent>') ?? '1970-01-01'}T00:00:00Z`);
  const size = Math.min(Number(query.get('PageSize') ?? LIST_SIZE), LIST_SIZE);
  const start = Number(query.get('Page') ?? 0) * size;
  const all = heard.filter(({ to, at }) => (query.get('To') ?? to) === to && at >= since).toReversed();
  const messages = all.slice(start, start + size).map(({ sid, from, to, body, media, at }) => ({
    ...{ sid, account_sid: accountSid, direction: 'inbound', status: 'received', from, to, body, num_media: String(media) },
    date_created: new Date(at).toUTCString().replace('GMT', '+0000'),
  }));
  const next = new URLSearchParams(query);
  next.set('Page', String(start / size + 1));
  const hasMore = start + size < all.length;
  const path = `/2010-04-01/Accounts/${accountSid}/Messages.json`;
  return { status: 200, body: { messages, page_size: size, next_page_uri: hasMore ? `${path}?${next.toString()}` : null } };
}
