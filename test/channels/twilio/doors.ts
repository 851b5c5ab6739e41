import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { mountHooks } from '../../../src/channels/hooks/mount-hooks';
import type { PatientText } from '../../../src/channels/twilio';
import { mountTwilio } from '../../../src/channels/twilio';
import { finishServer, makeServer } from '../../../src/server';
import { makeWebhookKeys } from '../../../src/tools/webhook-keys';
import type { Log } from '../../../src/tools/log';
import { silentLog } from '../../../src/tools/log';
import type { PhoneCompany } from '../../phone-company';
import { openPhoneCompany } from '../../phone-company';
import type { VirtualTime } from '../../phone-company/virtual-time';
import type { FakeDesk } from './fake-desk';
import { clinics, makeFakeDesk } from './fake-desk';

/** The address that the phone company knows our doors by. */
export const PUBLIC_URL = 'https://chat.clinic.example';
/** The installation's secret. */
export const SECRET = Buffer.alloc(32, 7);

/** Our doors on a real server, a desk behind them, and a phone company that knocks. */
export interface Doors {
  readonly staff: FakeDesk;
  readonly company: PhoneCompany;
  readonly url: string;
  readonly patientTexts: PatientText[];
  /** What was logged as a warning. */
  readonly warnings: unknown[];
  readonly keysOf: ReturnType<typeof makeWebhookKeys>;
  now: number;
  close(): Promise<void>;
}

/** Opens them. */
export async function openDoors(options: { readonly takesPatients?: boolean; readonly time?: VirtualTime } = {}): Promise<Doors> {
  const { app, server } = makeServer(() => Promise.resolve());
  const time = options.time ?? { now: Date.now, after: () => undefined };
  const company = await openPhoneCompany({ publicUrl: PUBLIC_URL, serverUrl: () => doors.url, now: time.now, after: time.after });
  const patientTexts: PatientText[] = [];
  const keysOf = makeWebhookKeys(clinics, SECRET);
  const doors: Doors = {
    ...{ staff: makeFakeDesk(), company, url: '', patientTexts, keysOf, warnings: [], now: Date.parse('2026-03-10T03:45:00Z') },
    close: async () => {
      await company.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  const { accountSid, authToken } = company;
  const patientText = (text: PatientText): Promise<void> => {
    patientTexts.push(text);
    return Promise.resolve();
  };
  const clock = (): number => doors.now;
  mountTwilio(app, {
    ...{
      accountSid,
      authToken,
      publicUrl: PUBLIC_URL,
      desk: doors.staff.desk,
      clinics,
      clock,
      log: { ...silentLog, warn: ((line: unknown) => doors.warnings.push(line)) as Log['warn'] },
    },
    ...(options.takesPatients ? { patientText } : {}),
  });
  mountHooks(app, { desk: doors.staff.desk, keysOf, clock });
  finishServer(app, silentLog);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return Object.assign(doors, { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
}
