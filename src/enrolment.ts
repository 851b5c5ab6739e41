import { createHash, randomBytes } from 'node:crypto';
import { DateTime } from 'luxon';
import { patientIdInTeams } from './channels/teams';
import type { ChartFacts, TreatmentKind } from './model/charts';
import { TREATMENT_KINDS } from './model/charts';
import type { Enrolled, EnrolmentBy, EnrolmentDesk, EnrolmentField, EnrolmentForm } from './model/enrolment';
import type { Knowledge } from './model/knowledge';
import type { SmsPatient } from './model/sms-edge';
import type { Store } from './storage/store';
import type { Clock } from './tools/clock';
import { readPhone } from './tools/read-phone';
import { sayClock } from './tools/say-clock';
import { keepMessage } from './turn/keep-message';
import { wordPhrase } from './turn/word-notice';

/** How long a personal link can be opened. */
const LINK_MS = 72 * 3_600_000;
const OLDEST_TREATMENT_DAYS = 60;
const LONGEST_REFERENCE = 80;
const OBJECT_ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** What enrolling needs. */
export interface EnrolmentParts {
  readonly store: Store;
  readonly knowledge: Knowledge;
  readonly secret: Buffer;
  readonly clock: Clock;
  /** Whether patients can be texted at all. */
  readonly canText: boolean;
}

/** Makes the desk at which staff enrol patients. */
export function makeEnrolmentDesk(parts: EnrolmentParts): EnrolmentDesk {
  const wording = parts.knowledge.language.phrases['textConsent'] ?? '';
  const consent = createHash('sha256').update(wording).digest('hex').slice(0, 12);
  return {
    consentText: (clinic) => wordPhrase(parts.knowledge, 'textConsent', { clinic, now: parts.clock() }),
    async enrol(form, by) {
      const read = readForm(form, { ...by, ...parts });
      return Array.isArray(read) ? { kind: 'refused', faults: read } : enrol(parts, read, { ...by, consent });
    },
  };
}

type Fault = Extract<Enrolled, { kind: 'refused' }>['faults'][number];

/** A form that can be carried out. */
interface Wanted {
  readonly phone: string | null;
  readonly teamsId: string | null;
  readonly facts: ChartFacts;
  readonly agreesToTexts: boolean;
  readonly sendsLink: boolean;
}

function readForm(form: EnrolmentForm, { clinic, clock, canText }: EnrolmentBy & EnrolmentParts): Wanted | Fault[] {
  const faults: Fault[] = [];
  const fault = (field: EnrolmentField, why: string): void => void faults.push({ field, why });
  const phone = form.phone.trim() === '' ? null : readPhone(form.phone);
  if (form.phone.trim() !== '' && phone === null) fault('phone', 'Write the number with its area code, such as (555) 010-0150.');
  const teamsId = form.teamsId.trim() === '' ? null : form.teamsId.trim();
  if (teamsId !== null && !OBJECT_ID.test(teamsId)) fault('teamsId', 'An Entra object id looks like 11111111-2222-3333-4444-555555555555.');
  const treated = readTreatment(form.treatedAt, { zone: clinic.zone, now: clock() });
  if (typeof treated === 'string') fault('treatedAt', treated);
  const kind = TREATMENT_KINDS.find((one) => one === form.kind);
  if (!kind) fault('kind', `Choose one of: ${TREATMENT_KINDS.join(', ')}.`);
  const reference = form.reference.trim();
  if (reference.length > LONGEST_REFERENCE) fault('reference', `At most ${LONGEST_REFERENCE} characters fit.`);
  if (form.agreesToTexts && form.phone.trim() === '') fault('phone', 'Whoever agrees to be texted needs a number.');
  if (form.sendsLink && form.phone.trim() === '') fault('sendsLink', 'A link can be texted to a number only.');
  if (form.sendsLink && (!canText || clinic.smsNumber === undefined)) fault('sendsLink', 'Texts are not set up here. Hand the link over.');
  if (faults.length > 0 || typeof treated === 'string' || !kind) return faults;
  return { phone, teamsId, facts: factsOf(treated, kind, reference), agreesToTexts: form.agreesToTexts, sendsLink: form.sendsLink };
}

function factsOf(treated: number, kind: TreatmentKind, reference: string): ChartFacts {
  return { treatedAt: { from: treated, to: treated }, kind, reference };
}

/** The moment in epoch milliseconds, or why it is none. */
function readTreatment(written: string, { zone, now }: { readonly zone: string; readonly now: number }): number | string {
  const time = DateTime.fromISO(written.trim(), { zone });
  if (!/T\d{2}:\d{2}/.test(written) || !time.isValid) return 'Write day and time, such as 2026-03-09T15:00.';
  if (time.toMillis() > now) return 'This is still to come. Enroll the patient after the treatment.';
  if (time.toMillis() < now - OLDEST_TREATMENT_DAYS * 86_400_000) return `This is over ${OLDEST_TREATMENT_DAYS} days ago.`;
  return time.toMillis();
}

async function enrol(parts: EnrolmentParts, wanted: Wanted, by: EnrolmentBy & { readonly consent: string }): Promise<Enrolled> {
  const { store, clock } = parts;
  const { clinic } = by;
  const at = clock();
  const patient = wanted.phone === null ? null : await store.sms.patients.meet(clinic.id, wanted.phone, at);
  const refusal = wanted.sendsLink && patient ? await whyNotText(parts, patient, wanted) : null;
  if (refusal !== null) return { kind: 'refused', faults: [{ field: 'sendsLink', why: refusal }] };
  const link = { token: randomBytes(16).toString('hex'), expiresAt: at + LINK_MS };
  const patientIds = [
    ...(patient ? [patient.id] : []),
    ...(wanted.teamsId === null ? [] : [patientIdInTeams(parts.secret, wanted.teamsId)]),
  ];
  const enrolled = await store.charts.enrol({ clinicId: clinic.id, facts: wanted.facts, patientIds, link, by: by.by, at });
  if (enrolled.kind !== 'enrolled') return { kind: 'refused', faults: [NOT_ONE[enrolled.kind]] };
  if (patient && wanted.agreesToTexts)
    await store.sms.patients.setConsent(patient.id, { at, wording: by.consent, channel: 'console', by: by.by }, true);
  const address = `${by.baseUrl}/chat?clinic=${encodeURIComponent(clinic.id)}#link=${link.token}`;
  if (patient && wanted.sendsLink) await textLink(parts, patient, { ...by, address, expiresAt: link.expiresAt, chartId: enrolled.chartId });
  return { ...enrolled, link: address, expiresAt: link.expiresAt, isTexted: wanted.sendsLink };
}

const NOT_ONE: Readonly<Record<'two_charts' | 'other_reference', Fault>> = {
  two_charts: { field: 'teamsId', why: 'The number and this person in Teams are enrolled as two patients.' },
  other_reference: {
    field: 'reference',
    why: 'This number or Teams id is enrolled under another reference. If it is another person, leave the number and id out and hand the link over.',
  },
};

/** An opt-out holds whatever staff put down; only the patient can undo it. */
async function whyNotText({ store }: EnrolmentParts, patient: SmsPatient, { agreesToTexts }: Wanted): Promise<string | null> {
  if (patient.optedOut) return 'This number wants no texts (they can text START). Hand the link over.';
  if (agreesToTexts || (await store.sms.patients.consentOf(patient.id))) return null;
  return 'The patient has not agreed to be texted. Record that first, or hand the link over.';
}

/** The link as a message of the patient's conversation by text, which begins with it where there was none. */
async function textLink(
  { store, knowledge, clock }: EnrolmentParts,
  { id: patientId, conversationId }: SmsPatient,
  { clinic, address, expiresAt, chartId }: EnrolmentBy & { readonly address: string; readonly expiresAt: number; readonly chartId: string },
): Promise<void> {
  const at = clock();
  const start = {
    channel: 'sms',
    conversationId,
    patientId,
    messageId: 'enrolled',
    text: '',
    attachments: 0,
    isStart: true,
    at,
    echo: null,
  } as const;
  if (!(await store.exists(conversationId))) await keepMessage({ store, knowledge, clinic }, start, 'enrolled');
  const end = DateTime.fromMillis(expiresAt, { zone: clinic.zone });
  const until = `${end.toFormat('LLL d')}, ${sayClock(expiresAt, clinic.zone)}`;
  const text = wordPhrase(knowledge, 'personalLink', { clinic, now: at, values: { until } });
  await store.addMessages([
    { conversationId, id: `link/${chartId}/${at}`, at, text: `${text} ${address}`, actions: [], author: null, escalation: null },
  ]);
}
