import { rmSync } from 'node:fs';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { DateTime } from 'luxon';
import { readConfig } from '../../../src/config';
import type { Clinic } from '../../../src/model/clinic';
import type { StoredMessage } from '../../../src/model/conversations';
import type { Escalation, EscalationEvent } from '../../../src/model/escalation';
import type { OpenHouse } from '../../../src/open-house';
import { openHouse } from '../../../src/open-house';
import type { Log } from '../../../src/tools/log';
import { testMinds } from '../../house';
import { makeQuickFolder } from '../../quick-folder';
import { nightClinic } from '../../nights/night';
import type { PhoneCompany, TextOptions } from '../../phone-company';
import { openPhoneCompany } from '../../phone-company';
import { makeVirtualTime } from '../../phone-company/virtual-time';

export const CLINIC_NUMBER = '+15550100199';
export const PATIENT = '+15550100150';
export const NURSE = '+15550100101';
const PUBLIC_URL = 'https://chat.clinic.example';
const SECRET = 'a-secret-of-the-tests-0123456789abcdef';

/** The whole product behind real HTTP, a phone company in front of it, and a time that only the story moves. */
export interface SmsHouse {
  readonly company: PhoneCompany;
  readonly house: OpenHouse;
  /** Where the doors are in truth. */
  readonly url: string;
  /** Everything that was logged, as it would be written. */
  readonly logged: string[];
  /** Where everything is stored. */
  readonly folder: string;
  now(): number;
  /** A patient texts; their webhook has been answered when this resolves. Returns its statuses. */
  texts(text: string, more?: Partial<TextOptions> & { readonly from?: string }): Promise<number[]>;
  /** Lets so many milliseconds go by; what is due is done. */
  pass(ms: number): Promise<void>;
  /** What a patient's telephone got since the last look. */
  got(number?: string): string[];
  conversationOf(number?: string, clinicId?: string): Promise<string>;
  transcript(number?: string): Promise<readonly StoredMessage[]>;
  escalations(): Promise<readonly Escalation[]>;
  events(kind: EscalationEvent['kind']): Promise<readonly EscalationEvent[]>;
  /** Kills the process and starts it on the same file. */
  restart(): Promise<void>;
  /** No webhook is answered until `up`. */
  down(): Promise<void>;
  up(): Promise<void>;
  close(): Promise<void>;
}

/** Opens it; `now` is local to the clinic. */
export async function openSmsHouse(
  options: { readonly now?: string; readonly clinics?: readonly [Clinic, ...Clinic[]] } = {},
): Promise<SmsHouse> {
  const [clinic, ...otherClinics] = options.clinics ?? [nightClinic()];
  const time = makeVirtualTime(DateTime.fromISO(options.now ?? '2026-03-10T11:00', { zone: clinic.zone }).toMillis());
  const folder = makeQuickFolder('sms-house-');
  const logged: string[] = [];
  const line = (...said: unknown[]): void =>
    void logged.push(JSON.stringify(said, (_key, value: unknown) => (value instanceof Error ? `${value.message} ${value.stack}` : value)));
  const log = { ...{ info: line, warn: line, error: line, debug: line } } as unknown as Log;
  const minds = { ...testMinds(log), clinic, otherClinics };
  let url = '';
  let house: OpenHouse;
  const company = await openPhoneCompany({ publicUrl: PUBLIC_URL, serverUrl: () => url, now: time.now, after: time.after });
  const open = async (): Promise<void> => {
    const config = readConfig({
      ...{ PUBLIC_URL, AFTERCARE_SECRET: SECRET, DATA_DIR: folder, LOG_LEVEL: 'silent' },
      ...{ TWILIO_ACCOUNT_SID: company.accountSid, TWILIO_AUTH_TOKEN: company.authToken, TWILIO_API_BASE_URL: company.url },
    });
    house = await openHouse(minds, config, { clock: time.now, after: time.after });
    house.server.listen(0, '127.0.0.1');
    await once(house.server, 'listening');
    url = `http://127.0.0.1:${(house.server.address() as AddressInfo).port}`;
  };
  try {
    await open();
  } catch (error) {
    await company.close();
    throw error;
  }
  const settle = async (): Promise<void> => {
    for (let round = 0; round < 2; round++) {
      await house.sms?.lookAgain();
      await house.paging.watch.tick();
      await company.idle();
      // what talks to the phone company on its own needs a turn of the machine's loop
      await new Promise((resolve) => setImmediate(resolve));
    }
  };
  const looked = new Map<string, number>();
  const conversationOf = async (number = PATIENT, clinicId = clinic.id): Promise<string> =>
    (await house.store.sms.patients.meet(clinicId, number, time.now())).conversationId;
  let isDown = false;
  const self: SmsHouse = {
    company,
    get house() {
      return house;
    },
    get url() {
      return url;
    },
    ...{ logged, folder, now: time.now },
    async texts(text, { from = PATIENT, ...more } = {}) {
      const deliveries = await company.textFrom(from, text, { to: CLINIC_NUMBER, ...more });
      if (!isDown) await settle();
      return deliveries.map(({ status }) => status);
    },
    async pass(ms) {
      for (let rest = ms; rest > 0; rest -= 500) {
        await time.pass(Math.min(500, rest), settle);
        if (!isDown) await settle();
      }
    },
    got(number = PATIENT) {
      const all = company.textsTo(number).map(({ body }) => body);
      const fresh = all.slice(looked.get(number) ?? 0);
      looked.set(number, all.length);
      return fresh;
    },
    conversationOf,
    transcript: async (number = PATIENT) => (await house.store.read(await conversationOf(number), 0)).messages,
    escalations: async () => (await house.store.listEscalations(null, 1000)).toReversed(),
    async events(kind) {
      const all = await Promise.all((await self.escalations()).map(({ id }) => house.store.events(id)));
      return all.flat().filter((event) => event.kind === kind);
    },
    async down() {
      isDown = true;
      await house.close();
    },
    async up() {
      await open();
      isDown = false;
      await settle();
    },
    async restart() {
      await self.down();
      await self.up();
    },
    async close() {
      if (!isDown) await house.close();
      await company.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  return self;
}
