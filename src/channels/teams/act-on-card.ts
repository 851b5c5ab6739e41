import { z } from 'zod';
import { placesOf } from '../../escalation/places';
import type { Clinic, Person } from '../../model/clinic';
import type { Acted, Actor, Escalation, StaffDesk } from '../../model/escalation';
import { REASON_CODES } from '../../model/escalation';
import { CARD_ACTS, nameOf, sayTime } from './staff-card';
import type { TeamsChannel } from './teams-channel';

const clickSchema = z.object({
  aftercare: z.object({ act: z.enum(CARD_ACTS), escalationId: z.string().min(1).max(200) }),
  reply: z.string().nullish(),
  reason: z.enum(REASON_CODES).catch('handled').default('handled'),
});
/** A click on a card, with what was written beside it. */
export type CardClick = z.infer<typeof clickSchema>;

/** Reads the data of a click; null when it is none of our cards'. */
export function readClick(data: unknown): CardClick | null {
  return clickSchema.safeParse(data).data ?? null;
}

/** Who clicked: the Entra object id and the tenant, as Microsoft signed them; and our id of the click. */
export interface Clicker {
  readonly objectId: string | null;
  readonly tenantId: string | null;
  readonly clickId: string;
}

/** What came of a click: the escalation as it is now, where the person may see it, and a sentence. */
export interface ClickOutcome {
  readonly escalation: Escalation | null;
  readonly clinic: Clinic | null;
  readonly said: string;
  /** Whether the person is staff of the clinic; others are not shown anything anew. */
  readonly isStaff: boolean;
}

/** The member of staff with this Entra object id. */
export function staffOf({ staff }: Clinic, objectId: string | null | undefined): Person | undefined {
  if (!objectId) return undefined;
  const isTheirs = ({ method, to }: Person['contacts'][number]): boolean =>
    method === 'teams' && to.toLowerCase() === objectId.toLowerCase();
  return staff.find(({ contacts }) => contacts.some(isTheirs));
}

/** Does what a member of staff clicked. Nobody else can act, whoever sees the card. */
export async function actOnCard(teams: TeamsChannel, desk: StaffDesk, click: CardClick, clicker: Clicker): Promise<ClickOutcome> {
  const { act, escalationId } = click.aftercare;
  const escalation = await teams.store.find(escalationId);
  if (!escalation) return { escalation: null, clinic: null, said: 'This message is no longer known, nothing changed.', isStaff: false };
  const clinic = teams.clinics.get(escalation.clinicId);
  const person = staffOf(clinic, clicker.objectId);
  const isHome = clinic.teams === undefined || clinic.teams.tenantId.toLowerCase() === clicker.tenantId?.toLowerCase();
  if (!person || !isHome) {
    teams.log.warn({ escalation: escalation.id, act }, 'somebody who is not staff clicked a card in Teams');
    return {
      escalation,
      clinic,
      said: `Only staff of ${clinic.name} can do this, and you are not on its list. Nothing changed.`,
      isStaff: false,
    };
  }
  const actor: Actor = { by: person.id, via: 'teams' };
  const said = await carryOut(desk, escalation, { click, actor, clinic, clickId: clicker.clickId });
  return { escalation: (await teams.store.find(escalationId)) ?? escalation, clinic, said, isStaff: true };
}

interface Deed {
  readonly click: CardClick;
  readonly actor: Actor;
  readonly clinic: Clinic;
  readonly clickId: string;
}

async function carryOut(desk: StaffDesk, escalation: Escalation, deed: Deed): Promise<string> {
  const { click, actor, clinic } = deed;
  const it = `Ref ${escalation.ref}`;
  switch (click.aftercare.act) {
    case 'acknowledge':
      return sayActed(await desk.acknowledge(escalation.id, actor), `${it} is yours.`, clinic);
    case 'pass_on':
      return sayActed(await desk.passOn(escalation.id, actor), `${it} is passed on. Thank you.`, clinic);
    case 'resolve':
      return sayActed(await desk.resolve(escalation.id, actor, click.reason), `${it} is closed. Thank you.`, clinic);
    case 'take_over': {
      const taken = await desk.takeOver(lastPlaceOf(escalation), actor);
      const done = 'You write in the bot\u2019s place now. Open the console to see the chat.';
      return taken.kind === 'done_without_escalation' ? done : sayActed(taken, done, clinic);
    }
    case 'reply':
      return reply(desk, escalation, deed);
  }
}

/** Who answers the patient has it: paging on would call others to what is being dealt with. */
async function reply(desk: StaffDesk, escalation: Escalation, { click, actor, clickId }: Deed): Promise<string> {
  const text = click.reply?.trim() ?? '';
  if (text === '') return 'Write something before you send it. Nothing was sent.';
  const sent = await desk.reply(lastPlaceOf(escalation), actor, text, clickId);
  if (sent.kind === 'refused') return sent.why;
  if (sent.kind === 'not_found') return 'There is no chat of a patient behind this message. Nothing was sent.';
  if (!escalation.acknowledged && !escalation.resolved) await desk.acknowledge(escalation.id, actor);
  return 'Your reply is on its way to the patient.';
}

/** Where the patient wrote last. */
function lastPlaceOf(escalation: Escalation): string {
  return placesOf(escalation).at(-1) ?? escalation.conversationId;
}

function sayActed(acted: Acted, done: string, clinic: Clinic): string {
  switch (acted.kind) {
    case 'done':
      return done;
    case 'taken_already':
      return `${nameOf(acted.by, clinic)} took it ${sayTime(acted.at, clinic)}, nothing changed.`;
    case 'resolved_already':
      return `Ref ${acted.escalation.ref} is closed already, nothing changed.`;
    case 'not_found':
      return 'This message is no longer known, nothing changed.';
    case 'refused':
      return acted.why;
  }
}
