import type { Escalation, EscalationEvent, Page } from '../model/escalation';
import type { Markup } from './markup';
import { markup } from './markup';
import { nameOf } from './names';
import { sayCloser } from './say-acted';
import { sayMoment } from './say-time';
import { PIN_FIELD } from './sign-in-routes';
import type { SignInClaim } from './sign-in-links';
import { STATUS_WORDS, TIER_WORDS } from './words';

/** The page that a link belongs to, with what has happened since. */
export interface AckLink {
  readonly token: string;
  readonly page: Page;
  readonly escalation: Escalation;
  readonly who: Pick<SignInClaim, 'person' | 'clinic'>;
  /** What this person did about it after the page was made; null when nothing yet. */
  readonly acted: EscalationEvent | null;
}

/** Writes the page behind a link in a text or mail: clinic, reference and level, and no word about anybody's health. */
export function writeAck(link: AckLink, isSpent: boolean, now: number): Markup {
  const { escalation, who, token } = link;
  const { zone, name } = who.clinic;
  const address = `/ack/${encodeURIComponent(token)}`;
  const raised = sayMoment(escalation.raisedAt, now, zone);
  return markup`<h1>${escalation.isDrill && 'Test: '}Ref ${escalation.ref}</h1>
<p class="state">${name}. ${TIER_WORDS[escalation.tier]}. Raised ${raised}. <strong>${sayState(link, now)}</strong></p>
${
  isSpent
    ? writeOpen(link, address)
    : markup`<form method="post" action="${address}" class="first"><button class="big" name="act" value="acknowledge">Acknowledge</button>
${escalation.tier !== 'ask_clinic' && markup`<button name="act" value="pass-on">Pass it on</button>`}</form><p>For ${who.person.name}.</p>`
}`;
}

function sayState({ escalation, acted, who, page }: AckLink, now: number): string {
  const { acknowledged, ref } = escalation;
  const at = (moment: number): string => sayMoment(moment, now, who.clinic.zone);
  if (escalation.status === 'resolved') return `Ref ${ref} is closed${sayCloser(escalation, who.clinic, now)}.`;
  if (acknowledged?.by === page.personId) return `You took Ref ${ref} at ${at(acknowledged.at)}.`;
  if (acknowledged) return `${nameOf(acknowledged.by, who.clinic)} took it at ${at(acknowledged.at)}.`;
  if (acted?.kind === 'passed_on') return `You passed on Ref ${ref} at ${at(acted.at)}. The next person is paged.`;
  if (acted) return `You acted on it at ${at(acted.at)}. It waits again: answer the newest page.`;
  return `${STATUS_WORDS[escalation.status]}.`;
}

function writeOpen({ who, escalation }: AckLink, address: string): Markup {
  const hasPin = who.person.pin !== undefined;
  return markup`<h2>Open the conversation</h2><form method="post" action="${address}/open">${hasPin && PIN_FIELD}
<button class="big">${hasPin ? `Open Ref ${escalation.ref}` : 'Send me a sign-in link'}</button></form>`;
}
