import type { Activity } from 'botbuilder';
import type { StoredMessage } from '../../model/conversations';
import type { Reply } from '../../model/turn';
import type { SuggestedAction } from '../../model/words';

/** Teams shows at most so many suggested actions. */
const MOST_ACTIONS = 6;

/** A message for a patient as Teams shows it: plain text, so that nothing in it is taken for markup; choices as suggested actions. */
export function toTeamsMessage(message: Extract<StoredMessage, { direction: 'out' }>): Partial<Activity> {
  const { reply, outcome, escalation, author } = message;
  return {
    ...toTeamsReply(author === null ? reply : { ...reply, text: `${author.name}: ${reply.text}` }),
    channelData: { aftercare: { ...outcome, ...(escalation ? { escalation } : {}), ...(author ? { author } : {}) } },
  };
}

/** The words and choices of one reply. */
export function toTeamsReply({ text, actions }: Reply): Partial<Activity> {
  const choices = actions.filter(({ kind }) => kind === 'say').slice(0, MOST_ACTIONS);
  const calls = actions.filter((action) => action.kind === 'call' && !saysNumber(text, action.value));
  return {
    ...plainText([text, ...calls.map(({ title, value }) => `${title}: ${value.replace(/^tel:/, '')}`)].join('\n\n')),
    ...(choices.length > 0 ? { suggestedActions: { to: [], actions: choices.map(toButton) } } : {}),
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
