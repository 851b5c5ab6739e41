import type { Activity } from 'botbuilder';
import type { StoredMessage } from '../../model/conversations';
import type { SuggestedAction } from '../../model/words';

/** Teams shows at most so many suggested actions. */
const MOST_ACTIONS = 6;

/** A message for a patient as Teams shows it: plain text, so that nothing in it is taken for markup; choices as suggested actions. */
export function toTeamsMessage(message: Extract<StoredMessage, { direction: 'out' }>): Partial<Activity> {
  const { reply, outcome, escalation, author } = message;
  const choices = reply.actions.filter(({ kind }) => kind === 'say').slice(0, MOST_ACTIONS);
  const calls = reply.actions.filter((action) => action.kind === 'call' && !saysNumber(reply.text, action.value));
  const words = author === null ? reply.text : `${author.name}: ${reply.text}`;
  return {
    ...plainText([words, ...calls.map(({ title, value }) => `${title}: ${value.replace(/^tel:/, '')}`)].join('\n\n')),
    ...(choices.length > 0 ? { suggestedActions: { to: [], actions: choices.map(toButton) } } : {}),
    channelData: { aftercare: { ...outcome, ...(escalation ? { escalation } : {}), ...(author ? { author } : {}) } },
  };
}

/** A message of nothing but text, shown as it stands. */
export function plainText(text: string): Partial<Activity> {
  return { type: 'message', text, textFormat: 'plain' };
}

function toButton({ title, value }: SuggestedAction): { type: string; title: string; value: string } {
  return { type: 'imBack', title, value };
}

/** Teams has no button that dials, so that a number stands in the text. */
function saysNumber(text: string, tel: string): boolean {
  const digits = tel.replace(/\D/g, '').slice(-10);
  return text.replace(/[^\d\n]/g, '').includes(digits);
}
