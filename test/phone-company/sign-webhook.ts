import { createHmac } from 'node:crypto';

/** Twilio's signature over an address and the form's fields, written anew here so that it checks Twilio's own code from outside. */
export function signTwilioWebhook(authToken: string, url: string, fields: Readonly<Record<string, string>>): string {
  const names = Object.keys(fields).sort();
  return createHmac('sha1', authToken)
    .update(url + names.map((name) => name + fields[name]).join(''), 'utf8')
    .digest('base64');
}
