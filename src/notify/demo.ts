import type { PageMethod } from '../model/clinic';
import { PAGE_METHODS } from '../model/clinic';
import type { Notifier } from '../model/escalation';
import { wordSms } from './word-staff-message';

/** In a demo nobody is really texted, called or mailed: what would leave is printed, e.g. "[page by sms to Ana] Glow Clinic: URGENT ...". */
export function makeDemoNotifiers(print: (line: string) => void): ReadonlyMap<PageMethod, Notifier> {
  return new Map(
    PAGE_METHODS.map((method) => [
      method,
      {
        method,
        send(message) {
          print(`[${message.what.kind} by ${method} to ${message.person.name}] ${wordSms(message)}`);
          return Promise.resolve({ kind: 'sent', providerId: null, delivered: true });
        },
      },
    ]),
  );
}
