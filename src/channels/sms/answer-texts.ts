import type { SmsPatient, WaitingText } from '../../model/sms-edge';
import type { TurnInput } from '../../model/turn';
import { cleanText } from '../web/inbound-activity';
import { joinParts } from './join-parts';
import { chosenValue } from './offered-choices';
import { readKeyword, wantsNoTexts } from './opt-words';
import type { SmsDeps } from './sms-deps';
import { tellStaffCannotText } from './tell-staff';

/** What a text asks of the texts themselves: `wish` is an opt-out in words of the patient's own. */
type Ask = 'stop' | 'wish' | 'start' | 'help' | null;

type Wish = Pick<SmsPatient, 'optedOut' | 'rejoined'>;

/** Texts of one patient that are one thought. */
export interface Thought {
  readonly patient: SmsPatient;
  readonly turnId: string;
  readonly texts: readonly WaitingText[];
}

/** What a thought asks of the texts themselves. "Yes" is an ordinary answer unless no texts are wanted. */
export function readAsk(texts: readonly Pick<WaitingText, 'messageId' | 'text' | 'optOut'>[], patient: Wish): Ask {
  const [first] = texts;
  if (texts.length === 1 && first) {
    const word = first.optOut === null ? readKeyword(first.text) : OPT_OUT_TYPES[first.optOut];
    if (word === 'stop' || word === 'help') return word;
    if (word === 'start' && (heldBackBy(patient, first.messageId) || !/^\s*yes\s*$/i.test(first.text))) return word;
  }
  return wantsNoTexts(joinParts(texts.map(({ text }) => text))) ? 'wish' : null;
}

const OPT_OUT_TYPES = { STOP: 'stop', START: 'start', HELP: 'help' } as const;

/** The message that texts of one patient make together. */
export function inputOf({ patient, turnId, texts }: Thought, at: number): TurnInput {
  return {
    ...{ channel: 'sms', conversationId: patient.conversationId, patientId: patient.id, messageId: turnId },
    text: cleanText(joinParts(texts.map(({ text }) => text))),
    attachments: texts.reduce((sum, { media }) => sum + media, 0),
    ...{ isStart: false, at, echo: null },
  };
}

/**
 * Answers one thought. Whatever it asks of the texts themselves, danger in it gets a human: "stop texting me, my face is oozing" opts out
 * and pages. Safe to repeat after a crash.
 */
export async function answerThought(deps: SmsDeps, thought: Thought): Promise<void> {
  const { patient } = thought;
  const input = inputOf(thought, deps.clock());
  switch (readAsk(thought.texts, patient)) {
    case 'stop':
      await optOut(deps, thought, { input, by: 'carrier' });
      break;
    case 'wish':
      await optOut(deps, thought, { input, by: 'words' });
      break;
    case 'start':
      await optIn(deps, thought, input);
      break;
    case 'help':
      await takeIfDanger(deps, thought, { input, intent: 'sms_help' });
      if (!patient.optedOut) await say(deps, thought, 'smsHelp');
      break;
    case null:
      await takeOrdinary(deps, thought, input);
  }
  const after = await deps.store.sms.patients.ofConversation(patient.conversationId);
  if (after?.optedOut) await tellStaffCannotText(deps, patient, 'opted_out');
}

interface Asked {
  readonly input: TurnInput;
  readonly intent: string;
}

async function optOut(deps: SmsDeps, thought: Thought, { input, by }: { input: TurnInput; by: 'carrier' | 'words' }): Promise<void> {
  const { patient, turnId } = thought;
  const { optedOut } = patient;
  // The same text again after a crash is the same opt-out, and still gets its one confirmation.
  const isNew = optedOut === null || optedOut.textId === turnId;
  if (isNew || by === 'carrier') await deps.store.sms.patients.setOptOut(patient.id, { at: input.at, by, textId: turnId });
  await takeIfDanger(deps, thought, { input, intent: 'sms_stop' });
  // Twilio confirms its own keywords; a second confirmation would be one text too many.
  if (isNew && by === 'words') await say(deps, thought, 'smsStop');
}

async function optIn(deps: SmsDeps, thought: Thought, input: TurnInput): Promise<void> {
  const { patient, texts, turnId } = thought;
  const { sms } = deps.store;
  const { patients } = sms;
  const heldBack = heldBackBy(patient, turnId);
  if (heldBack) await patients.setOptIn(patient.id, turnId);
  await patients.setConsent(patient.id, { at: input.at, wording: deps.consentWording, channel: 'sms', by: null }, true);
  const first = await sms.messageIdOf(patient.conversationId, 1);
  if (first === null || first === turnId) return deps.turns.take(patient.clinicId, { ...input, isStart: true });
  await takeIfDanger(deps, thought, { input, intent: 'sms_start' });
  const twilioSaysIt = heldBack === 'carrier' || texts[0]?.optOut === 'START';
  if (!twilioSaysIt) await say(deps, thought, 'smsStart');
}

/** Who holds texts back, or did until this very text, which may be taken again after a crash; null where nobody does. */
function heldBackBy({ optedOut, rejoined }: Wish, textId: string): 'carrier' | 'words' | null {
  return optedOut?.by ?? (rejoined?.textId === textId ? rejoined.by : null);
}

async function takeOrdinary(deps: SmsDeps, { patient, texts }: Thought, input: TurnInput): Promise<void> {
  const { store, turns } = deps;
  if ((await store.summaryOf(patient.conversationId)) === null && !patient.optedOut)
    await store.sms.patients.setConsent(patient.id, { at: input.at, wording: deps.consentWording, channel: 'sms', by: null }, false);
  const chosen = texts.length === 1 ? await chosenValue(store, patient.conversationId, input.text) : null;
  await turns.take(patient.clinicId, { ...input, text: chosen ?? input.text });
}

/** A keyword is kept for staff to see; where the turn would hear danger in it ("yes" to "is it spreading?") it is a turn. */
async function takeIfDanger({ turns }: SmsDeps, { patient }: Thought, { input, intent }: Asked): Promise<void> {
  const isCalm = (await turns.foresee(patient.clinicId, input)) === 'calm';
  await (isCalm ? turns.keep(patient.clinicId, input, intent) : turns.take(patient.clinicId, input));
}

/** Adds one of the channel's own answers, once for each text. */
async function say({ store, clinics, phrase, clock }: SmsDeps, { patient, turnId }: Thought, name: string): Promise<void> {
  const { conversationId, clinicId } = patient;
  const text = phrase(name, clinics.get(clinicId));
  const id = `sms/${name}/${turnId}`;
  await store.addMessages([{ conversationId, id, at: clock(), text, actions: [], author: null, escalation: null }]);
}
