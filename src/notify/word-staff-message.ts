import { toSmsText } from '../guide/sms-text';
import type { StaffMessage } from '../model/escalation';
import { escapeXml } from '../tools/escape-xml';
import { wordMessage } from './word-notice';

/** So much of a clinic's name fits beside the words of a page into one SMS. */
const MOST_NAME = 30;

/** "Glow Clinic: URGENT aftercare message waiting. Ref 12. Reply 12a to acknowledge, ...": plain GSM-7, without health words. */
export function wordSms(message: StaffMessage): string {
  const { text, reply, linkWords } = wordMessage(withPlainValues(message, toSmsText));
  const clinic = toSmsText(message.clinic.name).replace(/\s+/g, ' ').slice(0, MOST_NAME).trim();
  const parts = message.what.kind === 'page' ? [text, reply, message.link ?? ''] : [text, withLink(message.link, linkWords), reply];
  return `${clinic}: ${parts.filter(Boolean).join(' ')}`;
}

/** A notice that asks for nothing brings no link. */
function withLink(link: string | null, words: string): string {
  return link === null || words === '' ? '' : `${words}: ${link}`;
}

/** A mail: subject, text and the same as HTML. */
export interface MailWords {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/** The words of a mail; its link is the only way to act on it. */
export function wordMail(message: StaffMessage): MailWords {
  const clean = withPlainValues(message, (value) => value);
  const { title, text, linkWords } = wordMessage(clean);
  const isPage = message.what.kind === 'page';
  const clinic = oneLine(message.clinic.name);
  const action = isPage ? 'Acknowledge (the link works once)' : linkWords;
  const after = isPage ? 'Until somebody acknowledges, more people are paged.' : '';
  const lines = [`${clinic}: ${text}`, withLink(message.link, action), after].filter(Boolean);
  const link = message.link === null || action === '' ? '' : `<p><a href="${escapeXml(message.link)}">${escapeXml(action)}</a></p>`;
  return {
    subject: `${title} (${clinic})`,
    text: `${lines.join('\n\n')}\n`,
    html: `<!doctype html><html lang="en"><body><p><b>${escapeXml(clinic)}</b>: ${escapeXml(text)}</p>${link}${after ? `<p>${after}</p>` : ''}</body></html>`,
  };
}

/** What a call says; references are spelled digit by digit, links are left out. */
export function wordSpeech(message: StaffMessage): string {
  const { text } = wordMessage(withPlainValues(message, (value) => value));
  const said = text.replace(/\bRef (\d+)/g, (_whole, digits: string) => `Reference ${[...digits].join(' ')}`);
  return `This is ${oneLine(message.clinic.name)}. ${said}`;
}

/** Names of people and clinics are typed by hand: no line breaks, and only what the method can show. */
function withPlainValues(message: StaffMessage, show: (value: string) => string): StaffMessage {
  const details = Object.fromEntries(Object.entries(message.details).map(([key, value]) => [key, oneLine(show(value))]));
  return { ...message, details };
}

function oneLine(text: string): string {
  return text.replace(/[\s\p{Cc}]+/gu, ' ').trim();
}
