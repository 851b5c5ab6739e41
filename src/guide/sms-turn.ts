import type { Reply, SuggestedAction } from '../model/turn';
import { fitsSms, toSmsText } from './sms-text';

/** A turn as it goes out by SMS. */
export interface SmsTurn {
  /** The messages in the order in which they are sent, each of at most two parts. */
  readonly messages: readonly string[];
  /** What "1", "2", ... in the patient's next message stand for; to be kept until then. */
  readonly choices: readonly SuggestedAction[];
}

/** Whole messages on which the carrier or Twilio acts by itself; a choice with one of these words would never reach the bot. */
export const CARRIER_WORDS: ReadonlySet<string> = new Set(
  'stop stopall unsubscribe cancel end quit revoke optout start yes unstop help info'.split(' '),
);

/**
 * Puts the replies of one turn into SMS: plain characters, buttons as numbered choices ("Reply 1 = Ask the clinic"), numbers to call
 * written out where the text lacks them. Each reply is a message of its own, so that the introduction never shares one with an answer.
 * A reply of more than two parts is cut between lines, then between sentences, then between words; the choices stand in the last.
 */
export function toSmsTurn(replies: readonly Reply[]): SmsTurn {
  const choices = replies.flatMap((reply) => reply.actions.filter((action) => action.kind === 'say'));
  const messages = replies.flatMap((reply, index) => {
    const text = toSmsText(reply.text);
    const calls = reply.actions.filter((action) => action.kind === 'call' && !saysNumber(text, action.value));
    const isLast = index === replies.length - 1;
    const lines = [
      ...text.split('\n'),
      ...calls.map((call) => toSmsText(`${call.title}: ${call.value.replace(/^tel:/, '')}.`)),
      ...(isLast && choices.length > 0 ? [listChoices(choices)] : []),
    ];
    return pack(lines.filter((line) => line !== ''));
  });
  return { messages, choices };
}

/** What a patient's SMS chooses: the value of the choice whose number it is ("1", "2."), else null. */
export function readSmsChoice(text: string, choices: readonly SuggestedAction[]): string | null {
  const number = /^\s*#?\(?(\d{1,2})\)?[.!]?\s*$/.exec(text)?.[1];
  return number === undefined ? null : (choices[Number(number) - 1]?.value ?? null);
}

function listChoices(choices: readonly SuggestedAction[]): string {
  return toSmsText(`Reply ${choices.map((choice, index) => `${index + 1} = ${choice.title}`).join(', ')}`);
}

/** Whether the text itself gives the number; the country code and punctuation do not count. */
function saysNumber(text: string, tel: string): boolean {
  const digits = tel.replace(/\D/g, '').slice(-10);
  if (digits.length < 10) return text.split(/[^\d-]+/).includes(digits);
  return text.replace(/[^\d\n]/g, '').includes(digits);
}

/** Fills messages of at most two parts with whole lines; a line that is longer alone is cut in itself. */
function pack(lines: readonly string[]): string[] {
  const pieces = lines.flatMap((line) =>
    fitsSms(line)
      ? [line]
      : join(
          line.split(/(?<=[.!?]) /).flatMap((sentence) => (fitsSms(sentence) ? [sentence] : cut(sentence))),
          ' ',
        ),
  );
  return join(pieces, '\n');
}

function cut(sentence: string): string[] {
  const words = sentence.split(' ').flatMap((word) => (fitsSms(word) ? [word] : (word.match(/.{1,150}/g) ?? [])));
  return join(words, ' ');
}

function join(pieces: readonly string[], by: string): string[] {
  const joined: string[] = [];
  for (const piece of pieces) {
    const last = joined.at(-1);
    const longer = last === undefined ? piece : `${last}${by}${piece}`;
    if (last !== undefined && fitsSms(longer)) joined[joined.length - 1] = longer;
    else joined.push(piece);
  }
  return joined;
}
