import type { SmsPatient, WaitingText } from '../../model/sms-edge';
import type { PatientText } from '../twilio';
import { makeFloor } from './answer-from-floor';
import { answerThought, inputOf, readAsk } from './answer-texts';
import { makeInTurn } from './in-turn';
import { clinicOf } from './clinic-of';
import { areComplete } from './join-parts';
import { chosenValue } from './offered-choices';
import type { SmsDeps } from './sms-deps';
import { isStorageGone } from '../../turn/floor';

/** So long after a patient's last text the thought counts as finished; longer while numbered parts are missing; never longer than MOST. */
export const QUIET_MS = 2_500;
const PARTS_MS = 8_000;
const MOST_MS = 10_000;

/** The texts of patients on their way into turns. */
export interface TextHearer {
  /** Resolves once the text is stored for good; what can be answered at once is answered then. */
  take(text: PatientText): Promise<void>;
  /** Stores several first, then answers them in the order in which they are given. */
  takeAll(texts: readonly PatientText[]): Promise<void>;
  /** Goes on with what waits: after a restart, a failure, or when a thought is finished. */
  lookAgain(): Promise<void>;
}

/**
 * Takes texts. A text waits a moment for others, so that a question that a patient or a carrier cut into parts is answered as one; danger
 * in a text, alone or with those before it, never waits, nor does a keyword or a choice.
 */
export function makeTextHearer(deps: SmsDeps): TextHearer {
  const { store, clinics, clock, log } = deps;
  const inTurn = makeInTurn();
  const floor = makeFloor(deps);
  const look = (conversationId: string): Promise<void> => inTurn(conversationId, () => lookAt(deps, conversationId, lookLater));
  const lookOrSay = async (conversationId: string): Promise<void> => {
    try {
      await look(conversationId);
    } catch (error) {
      saySoon(error, conversationId);
    }
  };
  /** The text is stored: it is looked at again until it has its turn. */
  function saySoon(error: unknown, about: string): void {
    log.error({ err: error, about }, 'answering texts failed and is tried again');
  }
  function lookLater(conversationId: string, ms: number): void {
    deps.after(ms, () => void lookOrSay(conversationId));
  }
  /** The conversation that has a new text; null for a copy. */
  async function keep({ from, to, ...text }: PatientText): Promise<string | null> {
    const clinic = clinicOf(clinics.all(), to);
    if (!clinic) {
      log.warn({ message: text.messageId }, 'a text came for a number that is no clinic of ours');
      return null;
    }
    const { conversationId } = await store.sms.patients.meet(clinic.id, from, clock());
    return (await store.sms.inbox.keep({ ...text, conversationId })) ? conversationId : null;
  }
  return {
    async take(text) {
      let isKept = false;
      try {
        const conversationId = await keep(text);
        isKept = true;
        if (conversationId !== null) await look(conversationId);
      } catch (error) {
        if (isStorageGone(error)) await floor(text);
        if (!isKept) throw error;
        saySoon(error, text.messageId);
      }
    },
    async takeAll(texts) {
      const conversations = new Set<string>();
      for (const text of texts) {
        const conversationId = await keep(text);
        if (conversationId !== null) conversations.add(conversationId);
      }
      for (const conversationId of conversations) await lookOrSay(conversationId);
    },
    async lookAgain() {
      for (const conversationId of await store.sms.inbox.conversationsWaiting()) await lookOrSay(conversationId);
    },
  };
}

type Later = (conversationId: string, ms: number) => void;

async function lookAt(deps: SmsDeps, conversationId: string, later: Later): Promise<void> {
  for (;;) {
    const patient = await deps.store.sms.patients.ofConversation(conversationId);
    const waiting = patient ? await deps.store.sms.inbox.waiting(conversationId) : [];
    const [first] = waiting;
    if (!patient || !first) return;
    const next = first.turnId === null ? await chooseNext(deps, patient, waiting) : givenTo(first.turnId, waiting);
    if (typeof next === 'number') return later(conversationId, next);
    await answerTogether(deps, patient, next);
  }
}

/** Texts whose turn was begun before, and may not have been finished. */
function givenTo(turnId: string, waiting: readonly WaitingText[]): readonly WaitingText[] {
  return waiting.filter((text) => text.turnId === turnId);
}

async function answerTogether(deps: SmsDeps, patient: SmsPatient, texts: readonly WaitingText[]): Promise<void> {
  const { inbox } = deps.store.sms;
  const [first] = texts;
  if (!first) return;
  const turnId = first.turnId ?? first.messageId;
  const ids = texts.map(({ messageId }) => messageId);
  // Another process has one of them by now: what it left is looked at anew.
  if (first.turnId === null && !(await inbox.group(ids, turnId))) return;
  await answerThought(deps, { patient, turnId, texts });
  await inbox.done(turnId);
}

/** The texts that are answered next as one thought, or for how many milliseconds there is nothing to do but wait. */
async function chooseNext(deps: SmsDeps, patient: SmsPatient, waiting: readonly WaitingText[]): Promise<readonly WaitingText[] | number> {
  const free = waiting.filter(({ turnId }) => turnId === null);
  const { thought, isClosed } = await firstThought(deps, patient, free);
  if (thought.length === 1 && (await standsAlone(deps, patient, thought[0]!))) return thought;
  const dangerous = await findDanger(deps, patient, thought);
  if (dangerous) return dangerous;
  const waitMs = isClosed ? 0 : restOf(thought, deps.clock());
  return waitMs > 0 ? waitMs : thought;
}

/** The first thought among texts, and whether something stands behind it already. */
async function firstThought(
  deps: SmsDeps,
  patient: SmsPatient,
  free: readonly WaitingText[],
): Promise<{ readonly thought: readonly WaitingText[]; readonly isClosed: boolean }> {
  let end = 1;
  if (!(await standsAlone(deps, patient, free[0]!)))
    for (; end < free.length; end++) {
      const isLate = Math.abs(free[end]!.at - free[end - 1]!.at) > MOST_MS;
      if (isLate || (await standsAlone(deps, patient, free[end]!))) break;
    }
  return { thought: free.slice(0, end), isClosed: end < free.length };
}

/** Keywords, wishes for no texts and choices are thoughts of their own. */
async function standsAlone({ store }: SmsDeps, patient: SmsPatient, text: WaitingText): Promise<boolean> {
  return readAsk([text], patient) !== null || (await chosenValue(store, patient.conversationId, text.text)) !== null;
}

/** The texts to answer at once because of danger: all of them where they sound dangerous together, else the first that does alone. */
async function findDanger(
  { turns, clock }: SmsDeps,
  patient: SmsPatient,
  texts: readonly WaitingText[],
): Promise<readonly WaitingText[] | null> {
  const isDanger = async (some: readonly WaitingText[]): Promise<boolean> => {
    const input = inputOf({ patient, turnId: some[0]!.messageId, texts: some }, clock());
    return (await turns.foresee(patient.clinicId, input)) !== 'calm';
  };
  if (await isDanger(texts)) return texts;
  if (texts.length === 1) return null;
  for (const text of texts) if (await isDanger([text])) return [text];
  return (await isDanger(texts.toReversed())) ? texts.toReversed() : null;
}

/** How long to wait for more. */
function restOf(texts: readonly WaitingText[], now: number): number {
  const complete = areComplete(texts.map(({ text }) => text));
  if (complete === true) return 0;
  const first = texts[0]?.at ?? now;
  const last = texts.at(-1)?.at ?? now;
  return Math.min(last + (complete === false ? PARTS_MS : QUIET_MS), first + MOST_MS) - now;
}
