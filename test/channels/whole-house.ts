import { once } from 'node:events';
import { rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { DateTime } from 'luxon';
import { defaultWebLimits } from '../../src/channels/web';
import { readConfig } from '../../src/config';
import type { Clinic } from '../../src/model/clinic';
import type { Escalation } from '../../src/model/escalation';
import type { OpenHouse } from '../../src/open-house';
import { openHouse } from '../../src/open-house';
import { testMinds } from '../house';
import type { PhoneCompany } from '../phone-company';
import { openPhoneCompany } from '../phone-company';
import { makeVirtualTime } from '../phone-company/virtual-time';
import { makeQuickFolder } from '../quick-folder';
import type { FakeMicrosoft } from './teams/fake-microsoft';
import { APP_ID, BOT_ID, TENANT_ID, startFakeMicrosoft } from './teams/fake-microsoft';
import { postActivity } from './teams/teams-door';
import { teamsClinic } from './teams/teams-house';
import type { TeamsPerson } from './teams/teams-person';
import { makeTeamsPeople, toMessage } from './teams/teams-person';

export const CLINIC_NUMBER = '+15550100199';
const PUBLIC_URL = 'https://chat.clinic.example';
const SECRET = 'a-secret-of-the-tests-0123456789abcdef';
const KEEP_ALIVE_MS = 10 * 60_000;
/** So long a text waits for more of the same thought. */
const THOUGHT_MS = 3_000;

/** The whole product as it runs, with the phone company and Microsoft beside it and a time that only the test moves. */
export interface WholeHouse {
  readonly house: OpenHouse;
  readonly company: PhoneCompany;
  readonly microsoft: FakeMicrosoft;
  readonly clinic: Clinic;
  /** Where the doors are in truth. */
  readonly url: string;
  person(name: string, objectId?: string): TeamsPerson;
  now(): number;
  /** Does what is due now. */
  settle(): Promise<void>;
  /** Lets the moment go by in which a text waits for more, and does what is due. */
  hear(): Promise<void>;
  /** Lets so many minutes go by, with everything that falls into them. */
  pass(minutes: number): Promise<void>;
  escalations(): Promise<readonly Escalation[]>;
  /** Kills the process and starts it on the same file. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

/** Opens it; `now` is local to the clinics, the first of which has the number. */
export async function openWholeHouse(options: { readonly now?: string; readonly others?: readonly Clinic[] } = {}): Promise<WholeHouse> {
  const clinic = teamsClinic({ smsNumber: CLINIC_NUMBER });
  const time = makeVirtualTime(DateTime.fromISO(options.now ?? '2026-03-10T14:00', { zone: clinic.zone }).toMillis());
  const folder = makeQuickFolder('whole-house-');
  let url = '';
  let house: OpenHouse;
  const microsoft = await startFakeMicrosoft();
  const company = await openPhoneCompany({ publicUrl: PUBLIC_URL, serverUrl: () => url, now: time.now, after: time.after });
  const limits = { ...defaultWebLimits, tokensPerIp: 10_000 };
  const open = async (): Promise<void> => {
    const config = readConfig({
      ...{ PUBLIC_URL, AFTERCARE_SECRET: SECRET, DATA_DIR: folder, LOG_LEVEL: 'silent' },
      ...{ TWILIO_ACCOUNT_SID: company.accountSid, TWILIO_AUTH_TOKEN: company.authToken, TWILIO_API_BASE_URL: company.url },
      ...{ MicrosoftAppId: APP_ID, MicrosoftAppPassword: 'secret-of-the-bot', MicrosoftAppTenantId: TENANT_ID },
    });
    const minds = { ...testMinds(), clinic, otherClinics: options.others ?? [] };
    house = await openHouse(minds, config, { clock: time.now, after: time.after, limits, teamsCloud: microsoft.cloud });
    house.server.keepAliveTimeout = KEEP_ALIVE_MS; // no line is closed in the moment in which a busy test takes it up again
    house.server.listen(0, '127.0.0.1');
    await once(house.server, 'listening');
    url = `http://127.0.0.1:${(house.server.address() as AddressInfo).port}`;
  };
  await open();
  // Microsoft's own address is left for the local one as soon as a tenant is known
  const place = { serviceUrl: microsoft.serviceUrl, conversationId: '', kind: 'personal', tenantId: TENANT_ID, botId: BOT_ID } as const;
  await house!.store.teams.savePlace(`tenant/${TENANT_ID}`, place, time.now());
  let next: number | null = null;
  const settle = async (): Promise<void> => {
    for (let round = 0; round < 2; round++) {
      await house.sms?.lookAgain();
      next = await house.paging.watch.tick();
      await company.idle();
    }
  };
  const pass = async (ms: number): Promise<void> => {
    const until = time.now() + ms;
    while (time.now() < until) {
      await settle();
      await time.pass(Math.max(1, Math.min(next ?? until, until) - time.now()), settle);
    }
    await settle();
  };
  let looked = 0;
  const self: WholeHouse = {
    ...{ company, microsoft, clinic, settle, now: time.now },
    get house() {
      return house;
    },
    get url() {
      return url;
    },
    person: makeTeamsPeople({
      ...{ microsoft, settle, now: time.now },
      deliver: (activity) => postActivity(`${url}/api/messages`, activity, microsoft.token()),
      shown() {
        const fresh = microsoft.calls.slice(looked);
        looked = microsoft.calls.length;
        return fresh.filter(({ body }) => body['type'] !== 'typing').map(toMessage);
      },
    }),
    hear: () => pass(THOUGHT_MS),
    pass: (minutes) => pass(minutes * 60_000),
    escalations: async () => (await house.store.listEscalations(null, 10_000)).toReversed(),
    async restart() {
      await house.close();
      await open();
    },
    async close() {
      await house.close();
      await company.close();
      await microsoft.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  return self;
}
