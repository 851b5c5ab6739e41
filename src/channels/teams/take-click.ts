import type { InvokeResponse } from 'botbuilder';
import { z } from 'zod';
import type { CardClick, ClickOutcome } from './act-on-card';
import { actOnCard, readClick } from './act-on-card';
import { tenantOf } from './inbound-activity';
import { escalationCard } from './staff-card';
import type { Arrival } from './arrival';
import { plainText } from './to-activity';

/** Teams gives up on an invoke after some ten seconds; what takes longer goes on, and the card shows it later. */
const ANSWER_WITHIN_MS = 8000;
const TAKES_LONG = 'This takes longer than usual. The card will show what came of it; if it does not, use the console.';
const NOT_STORED = 'This could not be stored, nothing changed. Try again, or use the console.';

const invokeValue = z.object({ action: z.object({ data: z.unknown() }) });

/** Answers an invoke: a click on a card with the card as it is now; feedback buttons are taken note of; nothing else is known. */
export async function takeInvoke(arrival: Arrival): Promise<InvokeResponse> {
  const { activity } = arrival;
  if (activity.name === 'message/submitAction') return { status: 200 };
  if (activity.name !== 'adaptiveCard/action') return { status: 501 };
  const value = invokeValue.safeParse(activity.value);
  const click = value.success ? readClick(value.data.action.data) : null;
  if (!click) return answer(400, 'application/vnd.microsoft.error', { code: 'BadRequest', message: 'This card is not known here.' });
  const late = new Promise<InvokeResponse>((resolve) => {
    setTimeout(() => resolve(answer(200, 'application/vnd.microsoft.activity.message', TAKES_LONG)), ANSWER_WITHIN_MS).unref();
  });
  return Promise.race([clickAnswer(arrival, click), late]);
}

/** A click that came as a message is answered by one. */
export async function takeClick(arrival: Arrival, click: CardClick): Promise<void> {
  const { said } = await act(arrival, click);
  await arrival.context.sendActivity(plainText(said));
}

async function clickAnswer(arrival: Arrival, click: CardClick): Promise<InvokeResponse> {
  const { teams } = arrival;
  try {
    const { escalation, clinic, said, isStaff } = await act(arrival, click);
    if (!escalation || !clinic || !isStaff) return answer(200, 'application/vnd.microsoft.activity.message', said);
    const card = escalationCard(escalation, { clinic, link: teams.linkTo(escalation.id), said });
    return answer(200, 'application/vnd.microsoft.card.adaptive', card);
  } catch (error) {
    teams.log.error({ err: error, escalation: click.aftercare.escalationId }, 'a click on a card in Teams failed');
    return answer(500, 'application/vnd.microsoft.error', { code: 'InternalServerError', message: NOT_STORED });
  }
}

async function act({ teams, doors, activity }: Arrival, click: CardClick): Promise<ClickOutcome> {
  const outcome = await actOnCard(teams, doors.desk, click, {
    objectId: activity.from.aadObjectId ?? null,
    tenantId: tenantOf(activity),
    clickId: teams.ids.messageOf(activity, click.reply ?? ''),
  });
  void teams.care.refresh(); // for everybody else who sees the card
  return outcome;
}

/** Teams reads the outcome from the body; the request itself was understood. */
function answer(statusCode: number, type: string, value: unknown): InvokeResponse {
  return { status: 200, body: { statusCode, type, value } };
}
