import type { Request, Response, Router } from 'express';
import express from 'express';
import type { Actor, EscalationEvent } from '../model/escalation';
import { readAckToken } from '../tools/ack-token';
import type { AckLink } from './ack-page';
import { writeAck } from './ack-page';
import type { ConsoleParts } from './guard';
import { isForeign, readField, readParameter, showPlain } from './guard';
import { markup } from './markup';
import { baseUrl, checkPin, NO_ADDRESS, showLinkSent } from './sign-in-routes';
import { findPerson } from './sessions';

const LINK_MS = 24 * 3_600_000;

/** Adds the acknowledge link: looking changes nothing, because mail scanners look too; a button acts, once. */
export function addAckRoutes(app: Router, parts: ConsoleParts): void {
  const router = express.Router();
  router.get('/:token', async (request, response) => {
    const link = await findLink(request, parts);
    if (link === null) return showDead(response);
    showAck(response, link, parts, null);
  });
  router.post('/:token', async (request, response) => {
    const link = isForeign(request) ? null : await findLink(request, parts);
    if (link === null) return showDead(response);
    const act = readField(request, 'act');
    if (act !== 'acknowledge' && act !== 'pass-on') return showAck(response, link, parts, 'Press one of the buttons. Nothing was changed.');
    if (isSpent(link)) return response.redirect(303, request.originalUrl);
    const actor: Actor = { by: link.page.personId, via: 'link' };
    const { desk } = parts.deps;
    const acted = await (act === 'acknowledge' ? desk.acknowledge(link.escalation.id, actor) : desk.passOn(link.escalation.id, actor));
    if (acted.kind === 'refused') return showAck(response, link, parts, acted.why);
    response.redirect(303, request.originalUrl); // the page then tells what has become of it, whoever was first
  });
  router.post('/:token/open', async (request, response) => {
    const link = isForeign(request) ? null : await findLink(request, parts);
    if (link === null) return showDead(response);
    const { person, clinic } = link.who;
    const next = `/console/escalations/${encodeURIComponent(link.escalation.id)}`;
    if (person.pin === undefined) {
      const base = baseUrl(request, parts);
      if (base === null) return showAck(response, link, parts, NO_ADDRESS);
      parts.links.sendToPerson(person, clinic, { baseUrl: base, next });
      return showLinkSent(response);
    }
    const fault = checkPin(parts, link.who, readField(request, 'pin'));
    if (fault !== null) return showAck(response, link, parts, fault);
    parts.sessions.begin(response, { personId: person.id, clinicId: clinic.id });
    response.redirect(303, next);
  });
  app.use('/ack', router);
}

/** Null for a link that was never made here, has ended, or whose person has left the clinic. */
async function findLink(request: Request, parts: ConsoleParts): Promise<AckLink | null> {
  const { deps } = parts;
  const token = readParameter(request, 'token');
  const pageId = readAckToken(deps.secret, token);
  const found = pageId === null ? null : await deps.desk.findPage(pageId);
  if (found === null) return null;
  const { page, escalation } = found;
  const person = findPerson(deps, escalation.clinicId, page.personId);
  if (person === null || page.queuedAt + LINK_MS <= deps.clock()) return null;
  const events = await deps.events(escalation.id);
  const acted = events.findLast(({ actor, at, kind }) => actor === page.personId && at >= page.queuedAt && ACTS.has(kind)) ?? null;
  return { token, page, escalation, who: { person, clinic: deps.clinics.get(escalation.clinicId) }, acted };
}

const ACTS: ReadonlySet<EscalationEvent['kind']> = new Set(['acknowledged', 'passed_on', 'resolved', 'taken_already']);

/** Whether the link has nothing more to do: this person acted, somebody else has it, or it is closed. */
export function isSpent({ escalation, acted }: AckLink): boolean {
  return escalation.status === 'resolved' || escalation.acknowledged !== null || acted !== null;
}

function showAck(response: Response, link: AckLink, { deps }: ConsoleParts, fault: string | null): void {
  const { escalation } = link;
  showPlain(response, fault === null ? 200 : 422, {
    title: `Ref ${escalation.ref}`,
    viewer: null,
    content: markup`${fault !== null && markup`<p class="fault" role="alert">${fault}</p>`}${writeAck(link, isSpent(link), deps.clock())}`,
  });
}

function showDead(response: Response): void {
  showPlain(response, 410, {
    title: 'This link has ended',
    viewer: null,
    content: markup`<h1>This link has ended</h1><p>Links end 24 hours after the page. Nothing was changed. <a href="/console">Open the console</a> to see what waits.</p>`,
  });
}
