import type { Clinic } from '../model/clinic';
import type { EscalationEvent } from '../model/escalation';
import { REASON_CODES } from '../model/escalation';
import { NO_REPLY } from '../model/escalation';
import { sayMoment } from './say-time';
import { inWords, PHRASE_WORDS, REASON_WORDS, TIER_WORDS, VIA_WORDS } from './words';

/** Who did something, by name: "Ana", "the bot", "the owner". */
export function nameOf(actor: string, clinic: Clinic): string {
  return personName(actor, clinic) ?? BY_ROLE[actor] ?? actor;
}

const BY_ROLE: Readonly<Record<string, string>> = {
  bot: 'the bot',
  patient: 'the patient',
  clock: 'the clock',
  console: 'the owner',
  command: 'the command line',
};

/** What the detail of an event is explained with. */
export interface DetailContext {
  readonly clinic: Clinic;
  readonly now: number;
  readonly flagTitle: (flag: string) => string;
}

/** The detail of an event in words: "ana sms step 1" is "Ana, text message, step 1". */
export function explainDetail({ detail }: EscalationEvent, context: DetailContext): string {
  const parts: string[] = [];
  let plain: string[] = [];
  const endPlain = (): void => {
    if (plain.length > 0) parts.push(plain.join(' '));
    plain = [];
  };
  for (const word of detail.split(' ').filter(Boolean)) {
    const known = explainWord(word, context);
    if (known === null) plain.push(inWords(word));
    else {
      endPlain();
      parts.push(known);
    }
  }
  endPlain();
  return parts.join(', ');
}

/** A person, a way, a level, a reason, a phrase, a red flag or a moment in words; null for anything else. */
function explainWord(word: string, { clinic, now, flagTitle }: DetailContext): string | null {
  const name = personName(word, clinic);
  if (name !== null) return name;
  const words: Readonly<Record<string, string>> = {
    ...TIER_WORDS,
    ...VIA_WORDS,
    ...PHRASE_WORDS,
    [NO_REPLY]: 'no reply to the safety question',
  };
  const reason = REASON_CODES.find((code) => code === word);
  if (reason) return REASON_WORDS[reason];
  if (Object.hasOwn(words, word)) return words[word] ?? null;
  if (/^\d{13}$/.test(word)) return `until ${sayMoment(Number(word), now, clinic.zone)}`;
  return /^[A-Z]\d{2}$/.test(word) ? flagTitle(word) : null;
}

function personName(id: string, { staff }: Clinic): string | null {
  return staff.find((person) => person.id === id)?.name ?? null;
}
