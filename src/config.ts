import { z } from 'zod';
import { AftercareError } from './tools/errors';

const port = z
  .string()
  .regex(/^\d{1,5}$/, 'expected a whole number from 0 to 65535')
  .transform(Number)
  .refine((number) => number <= 65535, 'expected a whole number from 0 to 65535');
const settingsSchema = z.object({
  PORT: port.default(3978),
  HOST: z.string().default('127.0.0.1'),
  PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional(),
  DATA_DIR: z.string().default('./data'),
  DATABASE_URL: z.never({ error: 'PostgreSQL is not served yet; leave it unset to use SQLite in DATA_DIR' }).optional(),
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
    .refine((files) => files.length <= 1, 'expected one clinic file; several are not served yet')
    .default([]),
  LOG_LEVEL: z.enum(['silent', 'error', 'warn', 'info', 'debug']).default('info'),
});

/** The settings of an installation, read once. */
export interface Config {
  readonly port: number;
  readonly host: string;
  readonly publicUrl: string | null;
  readonly dataDir: string;
  readonly mode: 'demo' | 'live';
  readonly secret: string | null;
  readonly clinicFiles: readonly string[];
  readonly logLevel: string;
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
  if (!result.success || faults.length > 0)
    throw new AftercareError('CONFIG_INVALID', `Reading the settings failed:\n  ${faults.join('\n  ')}`);
  const settings = result.data;
  return Object.freeze({
    port: settings.PORT,
    host: settings.HOST,
    publicUrl: settings.PUBLIC_URL?.replace(/\/$/, '') ?? null,
    dataDir: settings.DATA_DIR,
    mode: settings.AFTERCARE_MODE,
    secret: settings.AFTERCARE_SECRET ?? null,
    clinicFiles: settings.CLINIC_FILES,
    logLevel: settings.LOG_LEVEL,
  });
}
