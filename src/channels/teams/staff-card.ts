import type { Activity } from 'botbuilder';
import { DateTime } from 'luxon';
import type { Clinic } from '../../model/clinic';
import type { Escalation, ReasonCode } from '../../model/escalation';
import { REASON_CODES } from '../../model/escalation';

/** What a member of staff can do on a card. */
export const CARD_ACTS = ['acknowledge', 'take_over', 'pass_on', 'reply', 'resolve'] as const;
/** One of them. */
export type CardAct = (typeof CARD_ACTS)[number];

/** An Adaptive Card, as JSON. */
export type Card = Readonly<Record<string, unknown>>;

/** What a card needs beside the escalation. */
export interface CardContext {
  readonly clinic: Clinic;
  /** The escalation in the console; null without a public address. */
  readonly link: string | null;
  /** References that were paged together with this one. */
  readonly others?: string;
  /** What came of a click, for whoever clicked. */
  readonly said?: string;
}

const LEVELS = { emergency: 'EMERGENCY', urgent: 'URGENT', ask_clinic: 'Question' } as const;
const REASON_TITLES: Readonly<Record<ReasonCode, string>> = {
  handled: 'Handled',
  spoke_with_patient: 'Spoke with the patient',
  sent_to_emergency_care: 'Sent to emergency care',
  seen_at_clinic: 'Seen at the clinic',
  advice_by_message: 'Advised by message',
  false_alarm: 'False alarm',
};
const LONGEST_REPLY = 2000;

/** The card of an escalation: level, reference, times and who has it; never a word of the patient. */
export function escalationCard(escalation: Escalation, context: CardContext): Card {
  const { clinic, link, others, said } = context;
  const facts = [
    ['Clinic', clinic.name],
    ['Reference', `Ref ${escalation.ref}`],
    ['Raised', sayTime(escalation.raisedAt, clinic)],
    ['Status', sayStatus(escalation, clinic)],
    ...(others === undefined ? [] : [['Also waiting', `Ref ${others}`]]),
  ];
  return adaptive(
    [
      heading(titleOf(escalation), escalation.resolved || escalation.acknowledged ? 'good' : 'attention'),
      { type: 'FactSet', facts: facts.map(([title, value]) => ({ title, value: escapeMarkdown(value!) })) },
      ...(said === undefined ? [] : [{ ...words(said), weight: 'bolder' }]),
    ],
    [...actsOf(escalation), ...openIt(link)],
  );
}

/** A card that only says something, with a link to the console. */
export function noticeCard({ title, text, link }: { readonly title: string; readonly text: string; readonly link: string | null }): Card {
  return adaptive([heading(title, 'default'), words(text)], openIt(link));
}

/** A message that is a card; `summary` is what a phone shows of it. */
export function cardMessage(card: Card, summary: string): Partial<Activity> {
  return { type: 'message', summary, attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', content: card }] };
}

/** "URGENT aftercare message, ref 12" */
export function titleOf({ tier, isDrill, ref }: Escalation): string {
  return `${isDrill ? 'TEST' : LEVELS[tier]} aftercare message, ref ${ref}`;
}

/** What a card shows that may change; cards that show something else are brought up to date. */
export function shownOf({ status, acknowledged, resolved, tier }: Escalation): string {
  return [status === 'open' ? 'notified' : status, tier, acknowledged?.by ?? '', acknowledged?.at ?? '', resolved?.by ?? ''].join('|');
}

/** "Ana has it since Tue, Mar 10, 9:06 pm" */
function sayStatus({ acknowledged, resolved }: Escalation, clinic: Clinic): string {
  if (resolved) return `Closed by ${nameOf(resolved.by, clinic)}, ${sayTime(resolved.at, clinic)}`;
  if (acknowledged) return `${nameOf(acknowledged.by, clinic)} has it since ${sayTime(acknowledged.at, clinic)}`;
  return 'Nobody has it yet';
}

/** A person's name as staff know it. */
export function nameOf(personId: string, { staff }: Clinic): string {
  return staff.find(({ id }) => id === personId)?.name ?? personId;
}

/** "Tue, Mar 10, 9:06 pm", on the clinic's clock. */
export function sayTime(at: number, { zone }: Clinic): string {
  const time = DateTime.fromMillis(at, { zone });
  return `${time.toFormat('ccc, LLL d, h:mm')} ${time.toFormat('a').toLowerCase()}`;
}

function actsOf(escalation: Escalation): Card[] {
  if (escalation.resolved) return [];
  const { id, acknowledged, isDrill } = escalation;
  return [
    ...(acknowledged ? [] : [execute(id, 'acknowledge', 'Acknowledge')]),
    ...(isDrill ? [] : [execute(id, 'take_over', 'Take over the chat')]),
    ...(acknowledged ? [] : [execute(id, 'pass_on', 'Pass on')]),
    ...(isDrill
      ? []
      : [
          show('Reply', [
            {
              ...{ type: 'Input.Text', id: 'reply', label: 'Your reply to the patient', isMultiline: true, maxLength: LONGEST_REPLY },
              ...{ isRequired: true, errorMessage: 'Write something first.' },
            },
            execute(id, 'reply', 'Send to the patient'),
          ]),
        ]),
    show('Close', [
      {
        ...{ type: 'Input.ChoiceSet', id: 'reason', label: 'What came of it?', style: 'compact', value: 'handled' },
        choices: REASON_CODES.map((value) => ({ title: REASON_TITLES[value], value })),
      },
      execute(id, 'resolve', 'Close it'),
    ]),
  ];
}

/** Clients that do not know Action.Execute send the same as a message. */
function execute(escalationId: string, act: CardAct, title: string): Card {
  const data = { aftercare: { act, escalationId } };
  return { type: 'Action.Execute', title, verb: act, data, fallback: { type: 'Action.Submit', title, data } };
}

function show(title: string, [input, action]: readonly [Card, Card]): Card {
  return { type: 'Action.ShowCard', title, card: { type: 'AdaptiveCard', body: [input], actions: [action] } };
}

function openIt(link: string | null): Card[] {
  return link === null ? [] : [{ type: 'Action.OpenUrl', title: 'Open in the console', url: link }];
}

function adaptive(body: readonly Card[], actions: readonly Card[]): Card {
  return {
    ...{ $schema: 'http://adaptivecards.io/schemas/adaptive-card.json', type: 'AdaptiveCard', version: '1.5', body },
    ...(actions.length > 0 ? { actions } : {}),
  };
}

function heading(text: string, color: string): Card {
  return { ...words(text), size: 'large', weight: 'bolder', color };
}

function words(text: string): Card {
  return { type: 'TextBlock', text: escapeMarkdown(text), wrap: true };
}

/** Cards read some Markdown; names of people and clinics must not become links or lists. */
function escapeMarkdown(text: string): string {
  return text.replace(/[\\`*_[\]()#+\-.!|~<>]/g, (mark) => (/[-.()+!]/.test(mark) ? mark : `\\${mark}`));
}
