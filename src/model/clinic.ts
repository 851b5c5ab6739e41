import { z } from 'zod';

const id = z.string().regex(/^[a-z][a-z0-9_-]*$/, 'expected lower-case letters, digits, - and _');
const text = z.string().min(1);
const localDate = z.string().regex(/^\d{4}-\d\d-\d\d$/, 'expected a date such as 2026-12-25');
const localTime = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d$/, 'expected a local time such as 2026-12-24T18:00');
const clockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'expected a clock time such as 17:00');
const range = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d-(([01]\d|2[0-3]):[0-5]\d|24:00)$/, 'expected hours such as 09:00-18:00');

const UNIT_MS: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** A duration as written in a clinic file ("90s", "5m", "1h"), in milliseconds. */
export const durationSchema = z
  .string()
  .regex(/^\d+(s|m|h|d)$/, 'expected a duration such as 30s, 5m or 1h')
  .transform((written) => Number(written.slice(0, -1)) * (UNIT_MS[written.slice(-1)] ?? 0));

/** Days of the week as clinic files name them, in luxon's order. */
export const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

const weekly = z.partialRecord(z.enum(DAYS), z.array(range));

/** Ways to reach a member of staff. */
export const PAGE_METHODS = ['sms', 'voice', 'email', 'teams', 'webhook'] as const;
/** One of them. */
export type PageMethod = (typeof PAGE_METHODS)[number];

const contactSchema = z.strictObject({
  method: z.enum(PAGE_METHODS),
  /** A telephone number in E.164, an e-mail address, an Entra object id, or an https address. */
  to: text,
  /** Somebody has proved that it reaches the person. Live mode counts verified contacts only. */
  verified: z.boolean().default(false),
  /** How long after a page begins this contact is tried, when nobody has acknowledged; not given: the first at once, each next one 2 minutes after the one before. */
  after: durationSchema.optional(),
  /** Webhooks only: the keys they are signed with, newest first, two while they are being changed; not given: one derived from the secret. */
  keys: z
    .array(z.string().regex(/^whsec_[A-Za-z0-9+/]{32,}={0,2}$/, 'expected whsec_ and at least 24 bytes in base64'))
    .min(1)
    .max(2)
    .optional(),
});

const personSchema = z.strictObject({
  id,
  name: text,
  contacts: z.array(contactSchema),
  /** Asked on the telephone before any detail. */
  pin: z
    .string()
    .regex(/^\d{4,8}$/, 'expected 4 to 8 digits')
    .optional(),
});

const rotationSchema = z.strictObject({
  /** Person ids, in their order of turn. */
  people: z.array(id).min(1),
  every: z.enum(['hour', 'day', 'week']).default('week'),
  /** How many of `every` a turn lasts. */
  length: z.number().int().min(1).max(52).default(1),
  /** Local clock time of the hand-over; for hours the minute alone counts. */
  at: clockTime.default('09:00'),
  /** Local day on which the first person's first turn begins. */
  from: localDate,
});

const layerSchema = z
  .strictObject({
    id,
    rotation: rotationSchema.optional(),
    /** Fixed shifts, in local time. */
    shifts: z.array(z.strictObject({ person: id, from: localTime, until: localTime })).optional(),
    /** The hours in which the layer counts at all; not given: always. */
    active: weekly.optional(),
  })
  .refine((layer) => (layer.rotation === undefined) !== (layer.shifts === undefined), 'expected either a rotation or shifts');

const onCallSchema = z.strictObject({
  /** Who is paged, in order; a target is the id of a layer or of a person. */
  steps: z.array(z.strictObject({ targets: z.array(id).min(1) })),
  layers: z.array(layerSchema).default([]),
  /** "X covers Y tonight": `person` takes the place of `instead`, or of whoever is on in `layer`. */
  overrides: z
    .array(
      z
        .strictObject({ person: id, instead: id.optional(), layer: id.optional(), from: localTime, until: localTime })
        .refine((override) => override.instead !== undefined || override.layer !== undefined, 'expected instead or layer'),
    )
    .default([]),
  /** The person who is paged when nobody is on any step. Live mode refuses to start without. */
  fallback: id.optional(),
  /** Who gets the morning digest; not given: whoever is on step 1. */
  digest: z.array(id).optional(),
});

const clock = (written: string): z.ZodPrefault<typeof durationSchema> => durationSchema.prefault(written);

const clocksSchema = z.strictObject({
  /** Without an acknowledgement the next step is paged after so long. */
  emergencyNextStep: clock('2m'),
  urgentNextStep: clock('5m'),
  /** By then at least two people have been paged for an urgent escalation. */
  urgentSecondPerson: clock('10m'),
  /** The patient is told to go to urgent care or an emergency room when nobody has acknowledged. */
  tellPatientNobody: clock('30m'),
  /** After an acknowledgement the patient is promised a call within so long. */
  callBack: clock('30m'),
  /** "Did you reach someone?" so long after the acknowledgement. */
  askReached: clock('10m'),
  /** Silence on that question becomes a staff task. */
  reachedSilence: clock('10m'),
  /** After an acknowledgement without an outcome: the person is asked, then paged again. */
  askOutcome: clock('30m'),
  outcomeAgain: clock('60m'),
  /** A page that failed for the moment is tried again so often, so far apart. */
  retryEvery: clock('15s'),
  retries: z.number().int().min(0).max(10).default(3),
  sendDeadline: clock('10s'),
  /** Working time until a marked question to the clinic is due; others are due at the end of the next working day. */
  markedDue: clock('4h'),
});

/** A clinic: when it is open, who is on call, how its ladder runs. */
export const clinicSchema = z.strictObject({
  id,
  name: text,
  phone: text,
  zone: text,
  state: z.string().optional(),
  hours: weekly,
  /** Local days on which the clinic is closed. */
  holidays: z.array(localDate).optional(),
  /** Other hours on single days; an empty list is closed. They win over `hours` and `holidays`. */
  exceptions: z.record(localDate, z.array(range)).optional(),
  origins: z.array(z.url({ protocol: /^https?$/, error: 'expected a site such as https://www.clinic.example' })).optional(),
  /** The number that patients and staff get texts from, in E.164. */
  smsNumber: z.string().optional(),
  /** The Microsoft 365 tenant whose people are this clinic's, and the channel of its staff (`19:...@thread.tacv2`). */
  teams: z.strictObject({ tenantId: z.guid({ error: 'expected the id of a tenant' }), channelId: text.optional() }).optional(),
  /** Twilio's Messaging Service that the number belongs to, where there is one. */
  smsService: z
    .string()
    .regex(/^MG[0-9a-f]{32}$/, 'expected MG and 32 hexadecimal digits')
    .optional(),
  staff: z.array(personSchema).default([]),
  onCall: onCallSchema.prefault({ steps: [] }),
  clocks: clocksSchema.prefault({}),
});

export type Clinic = z.infer<typeof clinicSchema>;
/** A member of staff. */
export type Person = z.infer<typeof personSchema>;
export type Contact = z.infer<typeof contactSchema>;
export type OnCallLayer = z.infer<typeof layerSchema>;
export type Rotation = z.infer<typeof rotationSchema>;

/** The clinics of an installation. */
export interface ClinicBook {
  /** Throws NOT_FOUND when there is no such clinic. */
  get(clinicId: string): Clinic;
  all(): readonly Clinic[];
}
