import { toSmsTurn } from '../../guide/sms-turn';
import type { StoredMessage } from '../../model/conversations';
import type { SendResult } from '../../model/escalation';
import type { SmsPatient, TextKey } from '../../model/sms-edge';
import { makeInTurn } from './in-turn';
import { mayLeaveAt } from './quiet-hours';
import type { SmsDeps } from './sms-deps';
import { tellStaffCannotText } from './tell-staff';
import { idOfText } from './text-id';

type Said = Extract<StoredMessage, { direction: 'out' }>;

/** Sends a stored message of a conversation as texts. */
export type PushText = (conversationId: string, seq: number, deadlineMs: number) => Promise<SendResult>;

/** So many messages before one are looked at for some that have not left yet, when they are so young. */
const LOOK_BACK = 10;
const SAME_TALK_MS = 60_000;
/** Twilio's word for a number that has opted out there. */
const OPTED_OUT = '21610';
/** The confirmation of an opt-out is the one text that leaves after it. */
const CONFIRMATION = /^sms\/smsStop\//;

const refused = (code: string, permanent = true): SendResult => ({ kind: 'failed', permanent, code });

/**
 * Pushes messages to patients' telephones, in the order of the conversation and each part once. Whoever opted out gets nothing, however a
 * message came about; staff are told when it concerns something open.
 */
export function makePushText(deps: SmsDeps): PushText {
  const { store } = deps;
  const inTurn = makeInTurn();
  return (conversationId, seq, deadlineMs) =>
    inTurn(conversationId, async () => {
      const patient = await store.sms.patients.ofConversation(conversationId);
      if (!patient || patient.number === '') return refused('no_number');
      const { messages } = await store.read(conversationId, Math.max(0, seq - 1 - LOOK_BACK));
      const wanted = messages.find((message) => message.seq === seq);
      if (wanted?.direction !== 'out') return refused('gone');
      // The rows of one turn may be claimed in any order, by any process.
      for (const earlier of before(messages, wanted)) {
        const result = await pushMessage(deps, patient, { message: earlier, deadlineMs });
        if (result.kind === 'failed' && !result.permanent) return result;
      }
      return pushMessage(deps, patient, { message: wanted, deadlineMs });
    });
}

/** The bot's young messages right before one, since the patient wrote last. */
function before(messages: readonly StoredMessage[], wanted: Said): Said[] {
  const earlier = messages.filter((message) => message.seq < wanted.seq);
  const lastHeard = earlier.findLastIndex(({ direction }) => direction === 'in');
  return earlier
    .slice(lastHeard + 1)
    .filter((message): message is Said => message.direction === 'out' && message.at >= wanted.at - SAME_TALK_MS);
}

interface Push {
  readonly message: Said;
  readonly deadlineMs: number;
}

async function pushMessage(deps: SmsDeps, patient: SmsPatient, { message, deadlineMs }: Push): Promise<SendResult> {
  const { store, clock, clinics } = deps;
  const { conversationId } = patient;
  const messageId = (await store.sms.messageIdOf(conversationId, message.seq)) ?? '';
  if (patient.optedOut && !CONFIRMATION.test(messageId)) return withhold(deps, patient, message.seq);
  const clinic = clinics.get(patient.clinicId);
  const occasion = { messageId, byStaff: message.author !== null, aboutEscalation: message.escalation !== null };
  const leavesAt = mayLeaveAt(occasion, patient.zone ?? clinic.zone, clock());
  if (leavesAt > clock()) return postpone(deps, patient, { seq: message.seq, until: leavesAt });
  const { author, reply } = message;
  const text = author ? `${deps.phrase('smsFromStaff', clinic, { name: author.name })} ${reply.text}` : reply.text;
  const { messages: texts } = toSmsTurn([{ ...reply, text }]);
  let result: SendResult = refused('empty');
  for (const [part, body] of texts.entries()) {
    result = await sendPart(deps, patient, { key: { conversationId, seq: message.seq, part }, body, deadlineMs });
    if (result.kind === 'failed') return result;
  }
  return result;
}

interface Part {
  readonly key: TextKey;
  readonly body: string;
  readonly deadlineMs: number;
}

async function sendPart(deps: SmsDeps, patient: SmsPatient, { key, body, deadlineMs }: Part): Promise<SendResult> {
  const { store, line, clinics, clock } = deps;
  const { texts, patients } = store.sms;
  const begun = await texts.begin(key, clock(), deadlineMs + 5_000);
  if (begun === 'busy') return refused('sent_elsewhere', false);
  if (begun === 'settled') return settledBefore(await texts.stateOf(key));
  const clinic = clinics.get(patient.clinicId);
  const from = clinic.smsNumber;
  const result =
    from === undefined
      ? refused('no_number')
      : await line.post({ to: patient.number, from, service: clinic.smsService ?? null, body, id: idOfText(key) }, deadlineMs);
  const isFailed = result.kind === 'failed';
  await texts.settle(key, {
    state: isFailed ? (result.permanent ? 'failed' : 'again') : 'sent',
    providerId: isFailed ? null : result.providerId,
    code: isFailed ? result.code : null,
    at: clock(),
  });
  if (isFailed && result.code === OPTED_OUT) await patients.setOptOut(patient.id, { at: clock(), by: 'carrier', textId: null });
  if (isFailed && result.permanent) await tellStaffCannotText(deps, patient, result.code === OPTED_OUT ? 'opted_out' : result.code);
  return result;
}

function settledBefore(state: Awaited<ReturnType<SmsDeps['store']['sms']['texts']['stateOf']>>): SendResult {
  if (state?.state === 'failed' || state?.state === 'withheld') return refused(state.code ?? 'failed');
  return { kind: 'sent', providerId: null };
}

/** What is held back once is never sent later: after a START it would answer a question of long ago. */
async function withhold(deps: SmsDeps, patient: SmsPatient, seq: number): Promise<SendResult> {
  const { store, clock } = deps;
  const key = { conversationId: patient.conversationId, seq, part: 0 };
  if ((await store.sms.texts.begin(key, clock(), 5_000)) === 'mine')
    await store.sms.texts.settle(key, { state: 'withheld', providerId: null, code: 'opted_out', at: clock() });
  await tellStaffCannotText(deps, patient, 'opted_out');
  return refused('opted_out');
}

/** Puts a message that nobody waits for off until the morning, as a sending of its own. */
async function postpone(
  { store }: SmsDeps,
  { conversationId, clinicId }: SmsPatient,
  { seq, until }: { readonly seq: number; readonly until: number },
): Promise<SendResult> {
  const sending = { kind: 'patient', conversationId, seq } as const;
  const dedupeKey = `patient/${conversationId}/${seq}/${until}`;
  await store.addSending({ dedupeKey, clinicId, priority: 2, dueAt: until, sending });
  return refused('quiet_hours');
}
