import { randomBytes } from 'node:crypto';
import { signTwilioWebhook } from './sign-webhook';

/** What one delivery of a webhook came to; status 0: nobody answered, not even at the second try. */
export interface Delivery {
  readonly status: number;
  readonly text: string;
}

/** A form's fields. */
export type Fields = Readonly<Record<string, string>>;

/** Brings signed forms to our doors, and knows which of them are still on their way. */
export interface Courier {
  deliver(url: string, fields: Fields): Promise<Delivery>;
  /** Counts work as being on its way. */
  track<T>(work: Promise<T>): Promise<T>;
  /** Waits until nothing is on its way. */
  idle(): Promise<void>;
}

/** Makes one; addresses are signed as `publicUrl` and reached as `serverUrl`. */
export function makeCourier(options: {
  readonly authToken: string;
  readonly publicUrl: string;
  readonly serverUrl: () => string;
}): Courier {
  const onTheWay = new Set<Promise<unknown>>();
  const track = <T>(work: Promise<T>): Promise<T> => {
    const settled = work.then(
      () => undefined,
      () => undefined,
    );
    onTheWay.add(settled);
    void settled.then(() => onTheWay.delete(settled));
    return work;
  };
  const knock = async (url: string, fields: Fields): Promise<Delivery | null> => {
    try {
      const response = await fetch(url.replace(options.publicUrl, options.serverUrl()), {
        method: 'POST',
        headers: {
          'X-Twilio-Signature': signTwilioWebhook(options.authToken, url, fields),
          'I-Twilio-Idempotency-Token': randomBytes(16).toString('hex'),
        },
        body: new URLSearchParams(fields),
      });
      return { status: response.status, text: await response.text() };
    } catch {
      return null; // nobody answered; a test that expects an answer sees status 0
    }
  };
  return {
    track,
    deliver: (url, fields) =>
      track(knock(url, fields).then(async (first) => first ?? (await knock(url, fields)) ?? { status: 0, text: '' })),
    async idle() {
      while (onTheWay.size > 0) await Promise.all(onTheWay);
    },
  };
}
