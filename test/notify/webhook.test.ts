import { once } from 'node:events';
import type { IncomingHttpHeaders } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import fc from 'fast-check';
import { clinicSchema } from '../../src/model/clinic';
import { systemDeadline } from '../../src/notify/attempt';
import { makeWebhookNotifier } from '../../src/notify/webhook';
import { makeWebhookKeys } from '../../src/tools/webhook-keys';
import type { WebhookHeaders } from '../../src/tools/webhook-signature';
import { checkWebhook, deriveWebhookKey, signWebhook } from '../../src/tools/webhook-signature';
import { pageOf, staffMessage } from './staff-message';

const NOW = Date.parse('2026-03-09T23:40:00Z');
const OLD_KEY = deriveWebhookKey(Buffer.alloc(32, 1), 'demo', 'old');
const NEW_KEY = deriveWebhookKey(Buffer.alloc(32, 1), 'demo', 'new');

/** A clinic's own system: keeps what it gets and answers with a status, or never. */
async function openReceiver(status: number | 'never', location?: string) {
  const got: { headers: IncomingHttpHeaders; body: string }[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString('utf8')));
    request.on('end', () => {
      got.push({ headers: request.headers, body });
      if (status !== 'never') response.writeHead(status, location === undefined ? {} : { location }).end('a body that nobody reads');
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const close = () => {
    server.closeAllConnections();
    server.close();
  };
  return { got, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/pages`, close };
}

const make = (keys: readonly string[] = [NEW_KEY]) =>
  makeWebhookNotifier({ keysOf: () => keys, publicUrl: 'https://chat.clinic.example', clock: () => NOW, deadline: systemDeadline });

describe('a webhook to staff', () => {
  it('brings reference, level and where to answer, signed', async () => {
    const receiver = await openReceiver(204);
    const message = staffMessage({ to: receiver.url });
    expect(await make().send(message, 5_000)).toEqual({ kind: 'sent', providerId: null, delivered: true });
    const { headers, body } = receiver.got[0]!;
    expect(JSON.parse(body)).toEqual({
      type: 'aftercare.page',
      timestamp: '2026-03-09T23:40:00.000Z',
      data: {
        clinic: { id: 'demo', name: 'Glow Clinic' },
        person: { id: 'ana', name: 'Ana' },
        ref: 12,
        tier: 'urgent',
        drill: false,
        pageId: 'page_1',
        text: 'URGENT aftercare message waiting. Ref 12.',
        link: 'https://chat.clinic.example/ack/Tk3',
        answerTo: 'https://chat.clinic.example/hooks/page_1',
      },
    });
    expect(headers['webhook-id']).toBe('page_1');
    expect(checkWebhook([NEW_KEY], headers as Partial<WebhookHeaders>, body, NOW)).toBe('good');
    receiver.close();
  });

  it('is signed with both keys while they are being changed', async () => {
    const receiver = await openReceiver(200);
    await make([NEW_KEY, OLD_KEY]).send(staffMessage({ to: receiver.url, what: pageOf('emergency') }), 5_000);
    const { headers, body } = receiver.got[0]!;
    for (const key of [NEW_KEY, OLD_KEY]) expect(checkWebhook([key], headers as Partial<WebhookHeaders>, body, NOW)).toBe('good');
    receiver.close();
  });

  it.each([
    [400, true],
    [404, true],
    [410, true],
    [302, true],
    [408, false],
    [429, false],
    [500, false],
    [503, false],
  ])('that is answered with %i has failed for good: %s', async (status, permanent) => {
    const receiver = await openReceiver(status, 'http://127.0.0.1:9/elsewhere');
    expect(await make().send(staffMessage({ to: receiver.url }), 5_000)).toEqual({ kind: 'failed', permanent, code: String(status) });
    receiver.close();
  });

  it('that is never answered has failed for the moment', async () => {
    const receiver = await openReceiver('never');
    expect(await make().send(staffMessage({ to: receiver.url }), 50)).toEqual({ kind: 'failed', permanent: false, code: 'timeout' });
    receiver.close();
  });

  it.each(['http://pager.clinic.example/', 'file:///etc/passwd', 'pager', ''])('goes to no address such as "%s"', async (to) => {
    expect(await make().send(staffMessage({ to }), 5_000)).toEqual({ kind: 'failed', permanent: true, code: 'bad_address' });
  });
});

describe('the signature of a webhook', () => {
  it('is the one of the Standard Webhooks specification', () => {
    // the example of the specification's own libraries
    const key = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
    const message = { id: 'msg_p5jXN8AQM9LWM0D4loKWxJek', body: '{"test": 2432232314}', at: 1_614_265_330_000 };
    expect(signWebhook([key], message)['webhook-signature']).toBe('v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=');
  });

  it('is refused after any change, and stale after five minutes', () => {
    const message = { id: 'msg_1', body: '{"action":"acknowledge"}', at: NOW };
    const headers = signWebhook([OLD_KEY], message);
    expect(checkWebhook([NEW_KEY, OLD_KEY], headers, message.body, NOW)).toBe('good');
    expect(checkWebhook([NEW_KEY], headers, message.body, NOW)).toBe('bad');
    expect(checkWebhook([OLD_KEY], { ...headers, 'webhook-id': 'msg_2' }, message.body, NOW)).toBe('bad');
    expect(checkWebhook([OLD_KEY], { ...headers, 'webhook-timestamp': String(NOW / 1000 + 1) }, message.body, NOW)).toBe('bad');
    expect(checkWebhook([OLD_KEY], headers, message.body, NOW + 5 * 60_000)).toBe('good');
    for (const late of [5 * 60_000 + 1000, -5 * 60_000 - 1000])
      expect(checkWebhook([OLD_KEY], headers, message.body, NOW + late)).toBe('stale');
    fc.assert(
      fc.property(fc.string({ maxLength: 80 }), (body) => {
        expect(checkWebhook([OLD_KEY], headers, body, NOW)).toBe(body === message.body ? 'good' : 'bad');
        expect(checkWebhook([OLD_KEY], { ...headers, 'webhook-signature': body }, message.body, NOW)).toBe('bad');
      }),
    );
    for (const header of ['webhook-id', 'webhook-timestamp', 'webhook-signature'] as const)
      expect(checkWebhook([OLD_KEY], { ...headers, [header]: '' }, message.body, NOW)).toBe('bad');
  });

  it('uses the keys that the contact gives, else one of the person alone', () => {
    const contact = { method: 'webhook', to: 'https://pager.clinic.example/' };
    const clinic = clinicSchema.parse({
      ...{ id: 'demo', name: 'Glow', phone: '1', zone: 'America/New_York', hours: {} },
      staff: [
        { id: 'ana', name: 'Ana', contacts: [{ ...contact, keys: [NEW_KEY, OLD_KEY] }] },
        { id: 'ben', name: 'Ben', contacts: [contact] },
        { id: 'cho', name: 'Cho', contacts: [contact] },
      ],
    });
    const keysOf = makeWebhookKeys({ get: () => clinic, all: () => [clinic] }, Buffer.alloc(32, 3));
    expect(keysOf('demo', 'ana')).toEqual([NEW_KEY, OLD_KEY]);
    expect(keysOf('demo', 'ben')).toEqual([expect.stringMatching(/^whsec_[A-Za-z0-9+/]{43}=$/)]);
    expect(keysOf('demo', 'ben')).not.toEqual(keysOf('demo', 'cho'));
    expect(keysOf('other', 'ben')).not.toEqual(keysOf('demo', 'ben'));
  });
});
