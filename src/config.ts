import { z } from 'zod';
import { AftercareError } from './tools/errors';

const port = z
  .string()
  .regex(/^\d{1,5}$/, 'expected a whole number from 0 to 65535')
  .transform(Number)
  .refine((number) => number <= 65535, 'expected a whole number from 0 to 65535');
/** Where nobody can listen in: https, or this machine. */
const isPrivateAddress = (address: string): boolean =>
  /^https:/i.test(address) || /^http:\/\/(127\.0\.0\.1|localhost|\[::1\])(:\d+)?(\/|$)/i.test(address);
const settingsSchema = z.object({
  PORT: port.default(3978),
  HOST: z.string().default('127.0.0.1'),
  PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional(),
  DATA_DIR: z.string().default('./data'),
  DATABASE_URL: z
    .url({ protocol: /^postgres(ql)?$/, error: 'expected an address such as postgresql://user:password@host:5432/aftercare' })
    .optional(),
  AFTERCARE_MODE: z.enum(['demo', 'live']).default('demo'),
  AFTERCARE_SECRET: z.string().min(32, 'expected at least 32 characters').optional(),
  CLINIC_FILES: z
    .string()
    .transform((list) =>
      list
        .split(',')
        .map((file) => file.trim())
        .filter(Boolean),
    )
    .default([]),
  TWILIO_ACCOUNT_SID: z
    .string()
    .regex(/^AC[0-9a-f]{32}$/, 'expected AC and 32 hexadecimal digits')
    .optional(),
  TWILIO_AUTH_TOKEN: z.string().regex(/^\S+$/, 'expected the auth token of the Twilio account').optional(),
  TWILIO_API_BASE_URL: z
    .url({ protocol: /^https?$/, error: 'expected an address such as https://api.twilio.com' })
    .refine(isPrivateAddress, 'expected https, or http on this machine')
    .optional(),
  SMTP_URL: z.url({ protocol: /^smtps?$/, error: 'expected an address such as smtps://user:password@mail.example:465' }).optional(),
  SMTP_FROM: z.email({ error: 'expected an e-mail address' }).optional(),
  MicrosoftAppId: z.guid({ error: 'expected the id of the bot registration' }).optional(),
  MicrosoftAppPassword: z.string().regex(/^\S+$/, 'expected a client secret of the bot registration').optional(),
  MicrosoftAppType: z.literal('SingleTenant', { error: 'expected SingleTenant; Microsoft registers no other new bots' }).optional(),
  MicrosoftAppTenantId: z.guid({ error: 'expected the id of the tenant that the bot is registered in' }).optional(),
  HEARTBEAT_URL: z.url({ protocol: /^https?$/, error: 'expected an http or https address' }).optional(),
  LOG_LEVEL: z.enum(['silent', 'error', 'warn', 'info', 'debug']).default('info'),
});

/** The settings of an installation, read once. */
export interface Config {
  readonly port: number;
  readonly host: string;
  readonly publicUrl: string | null;
  readonly dataDir: string;
  /** PostgreSQL, shared by any number of replicas; holds a password. Null: SQLite in `dataDir`. */
  readonly databaseUrl: string | null;
  readonly mode: 'demo' | 'live';
  readonly secret: string | null;
  readonly clinicFiles: readonly string[];
  /** Null: nobody can be texted or called. */
  readonly twilio: TwilioSettings | null;
  /** Null: no mail leaves. */
  readonly smtp: { readonly url: string; readonly from: string } | null;
  /** Null: nobody is reached in Teams, and /api/messages is not served. */
  readonly teams: TeamsSettings | null;
  /** Pinged each minute while paging is healthy. */
  readonly heartbeatUrl: string | null;
  readonly logLevel: string;
}

/** An account at the phone company; `authToken` is a secret. */
export interface TwilioSettings {
  readonly accountSid: string;
  readonly authToken: string;
  readonly apiBaseUrl: string;
}

/** A bot registration at Microsoft; `appPassword` is a secret. */
export interface TeamsSettings {
  readonly appId: string;
  readonly appPassword: string;
  readonly tenantId: string;
}

/** Reads the settings from an environment; throws one CONFIG_INVALID that names every faulty setting and what is expected. */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const present = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== undefined && value !== ''));
  const result = settingsSchema.safeParse(present);
  const faults = result.success ? [] : result.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
  if (present['AFTERCARE_MODE'] === 'live') {
    if (!present['AFTERCARE_SECRET']) faults.push('AFTERCARE_SECRET: expected in live mode, at least 32 characters');
    if (!present['PUBLIC_URL']?.startsWith('https:')) faults.push('PUBLIC_URL: expected in live mode, the https address that patients use');
    if (!present['CLINIC_FILES']) faults.push('CLINIC_FILES: expected in live mode, the clinic file to serve');
  }
  faults.push(...findHalfSet(present));
  if (!result.success || faults.length > 0)
    throw new AftercareError('CONFIG_INVALID', `Reading the settings failed:\n  ${faults.join('\n  ')}`);
  const settings = result.data;
  return Object.freeze({
    port: settings.PORT,
    host: settings.HOST,
    publicUrl: settings.PUBLIC_URL?.replace(/\/$/, '') ?? null,
    dataDir: settings.DATA_DIR,
    databaseUrl: settings.DATABASE_URL ?? null,
    mode: settings.AFTERCARE_MODE,
    secret: settings.AFTERCARE_SECRET ?? null,
    clinicFiles: settings.CLINIC_FILES,
    twilio: readTwilio(settings),
    smtp: settings.SMTP_URL && settings.SMTP_FROM ? { url: settings.SMTP_URL, from: settings.SMTP_FROM } : null,
    teams: readTeams(settings),
    heartbeatUrl: settings.HEARTBEAT_URL ?? null,
    logLevel: settings.LOG_LEVEL,
  });
}

/** Settings that mean nothing alone: each first one asks for the others. */
const TOGETHER: readonly (readonly [string, readonly string[]])[] = [
  ['TWILIO_ACCOUNT_SID', ['TWILIO_AUTH_TOKEN', 'PUBLIC_URL']],
  ['TWILIO_AUTH_TOKEN', ['TWILIO_ACCOUNT_SID', 'PUBLIC_URL']],
  ['TWILIO_API_BASE_URL', ['TWILIO_ACCOUNT_SID', 'TWILIO_AUTH_TOKEN']],
  ['MicrosoftAppId', ['MicrosoftAppPassword', 'MicrosoftAppTenantId']],
  ['MicrosoftAppPassword', ['MicrosoftAppId', 'MicrosoftAppTenantId']],
  ['MicrosoftAppTenantId', ['MicrosoftAppId', 'MicrosoftAppPassword']],
  ['MicrosoftAppType', ['MicrosoftAppId', 'MicrosoftAppPassword', 'MicrosoftAppTenantId']],
  ['SMTP_URL', ['SMTP_FROM']],
  ['SMTP_FROM', ['SMTP_URL']],
];

/** A way to reach staff that is set by half would be found out at night, so it is refused at the start. */
function findHalfSet(present: Readonly<Record<string, unknown>>): string[] {
  const missing = new Map<string, string>();
  for (const [name, others] of TOGETHER)
    if (present[name] !== undefined)
      for (const other of others) if (present[other] === undefined && !missing.has(other)) missing.set(other, name);
  return [...missing].map(([name, because]) => `${name}: expected beside ${because}`);
}

function readTwilio(settings: z.infer<typeof settingsSchema>): TwilioSettings | null {
  const { TWILIO_ACCOUNT_SID: accountSid, TWILIO_AUTH_TOKEN: authToken, TWILIO_API_BASE_URL: address } = settings;
  if (!accountSid || !authToken) return null;
  return { accountSid, authToken, apiBaseUrl: address?.replace(/\/$/, '') ?? 'https://api.twilio.com' };
}

function readTeams(settings: z.infer<typeof settingsSchema>): TeamsSettings | null {
  const { MicrosoftAppId: appId, MicrosoftAppPassword: appPassword, MicrosoftAppTenantId: tenantId } = settings;
  return appId && appPassword && tenantId ? { appId, appPassword, tenantId } : null;
}
