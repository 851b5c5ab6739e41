import type { Clinic } from '../model/clinic';
import type { Escalation, EscalationEvent } from '../model/escalation';
import { REASON_CODES } from '../model/escalation';
import { inWords, METHOD_WORDS, REASON_WORDS } from './words';

/** Who did something, by name: "Ana", "the bot", "the owner". */
export function nameOf(actor: string, clinic: Clinic | null): string {
  const person = clinic?.staff.find(({ id }) => id === actor);
  if (person) return person.name;
  return BY_ROLE[actor] ?? actor;
}

const BY_ROLE: Readonly<Record<string, string>> = {
  bot: 'the bot',
  patient: 'the patient',
  clock: 'the clock',
  console: 'the owner',
};

/** The detail of an event in words: a page's id becomes "text message to Ana", a person's id a name, a reason code its text. */
export function explainDetail({ detail }: EscalationEvent, escalation: Escalation, clinic: Clinic | null): string {
  return detail
    .split(/[\s:,;]+/)
    .filter(Boolean)
    .map((word) => explainWord(word, escalation, clinic))
    .join(', ');
}

function explainWord(word: string, escalation: Escalation, clinic: Clinic | null): string {
  const page = escalation.pages.find(({ id }) => id === word);
  if (page) return `${METHOD_WORDS[page.method]} to ${nameOf(page.personId, clinic)}`;
  const reason = REASON_CODES.find((code) => code === word);
  if (reason) return REASON_WORDS[reason];
  const method = Object.entries(METHOD_WORDS).find(([id]) => id === word);
  if (method) return method[1];
  const name = nameOf(word, clinic);
  return name === word ? inWords(word) : name;
}
