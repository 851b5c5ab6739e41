import type { TextKey } from '../../model/sms-edge';

/** Our id of a text, as it travels through Twilio and back with each report. */
export function idOfText({ conversationId, seq, part }: TextKey): string {
  return `text.${conversationId}.${seq}.${part}`;
}

/** The text of an id that `idOfText` made; null for any other. */
export function readTextId(id: string | null | undefined): TextKey | null {
  const [, conversationId, seq, part] = /^text\.([^.]+)\.(\d{1,9})\.(\d{1,3})$/.exec(id ?? '') ?? [];
  return conversationId === undefined ? null : { conversationId, seq: Number(seq), part: Number(part) };
}
