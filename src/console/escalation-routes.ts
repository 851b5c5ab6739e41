import type { Router } from 'express';
import { z } from 'zod';
import { placesOf } from '../escalation/places';
import type { Acted, Escalation } from '../model/escalation';
import { REASON_CODES } from '../model/escalation';
import type { ConsoleDeps, Talk } from './console-deps';
import type { EscalationView } from './escalation-page';
import { writeEscalation } from './escalation-page';
import { writePage } from './frame';
import type { ConsoleParts, Visit } from './guard';
import { findOwnEscalation, posted, readField, readParameter, showNotFound, signedIn } from './guard';
import { sayActed } from './say-acted';
import { sayMoment } from './say-time';
import { MOST_CHARACTERS } from './talk-parts';
import { REASON_WORDS } from './words';

/** What an action came to: a sentence for the next page, or a fault with what was typed. */
type Outcome = { readonly said: string } | { readonly fault: string; readonly draft: EscalationView['draft'] };
type Act = (visit: Visit, escalation: Escalation, parts: ConsoleParts) => Promise<Outcome>;

/** Adds the page of one escalation and everything that can be done on it. */
export function addEscalationRoutes(router: Router, parts: ConsoleParts): void {
  router.get(
    '/escalations/:id',
    signedIn(parts, async (visit) => {
      const escalation = await findOwnEscalation(parts, visit.viewer, readParameter(visit.request, 'id'));
      if (escalation === null) return showNotFound(visit.response, visit.viewer);
      await showEscalation(visit, escalation, parts, { status: 200, fault: null, draft: {} });
    }),
  );
  for (const [name, act] of Object.entries(ACTS))
    router.post(
      `/escalations/:id/${name}`,
      posted(parts, async (visit) => {
        const escalation = await findOwnEscalation(parts, visit.viewer, readParameter(visit.request, 'id'));
        if (escalation === null) return showNotFound(visit.response, visit.viewer);
        const outcome = await act(visit, escalation, parts);
        if ('fault' in outcome) return showEscalation(visit, escalation, parts, { status: 422, ...outcome });
        parts.sessions.say(visit.response, outcome.said);
        visit.response.redirect(303, `/console/escalations/${encodeURIComponent(escalation.id)}`);
      }),
    );
}

/** Sends an escalation's page, with what was typed where something was refused. */
export async function showEscalation(
  { request, response, viewer }: Visit,
  escalation: Escalation,
  { deps, sessions }: ConsoleParts,
  shown: { readonly status: number; readonly fault: string | null; readonly draft: EscalationView['draft'] },
): Promise<void> {
  const [events, talks, notes, chart] = await Promise.all([
    deps.events(escalation.id),
    findTalks(deps, escalation),
    deps.notes(escalation.conversationId),
    deps.chart(escalation.conversationId),
  ]);
  const clinic = deps.clinics.get(escalation.clinicId);
  const isOwn = talks.some(({ id }) => id === escalation.conversationId);
  const view = { escalation, clinic, events, talks, chart, notes: isOwn ? notes : [], viewer, draft: shown.draft };
  const page = `/console/escalations/${encodeURIComponent(escalation.id)}`;
  response
    .status(shown.status)
    .type('html')
    .send(
      writePage({
        title: `Ref ${escalation.ref}`,
        content: writeEscalation(view, deps),
        viewer,
        live: { page, of: `escalation:${escalation.id}` },
        said: isLiveFetch(request) ? null : sessions.takeSaid(request, response),
        fault: shown.fault,
      }),
    );
}

/** Where the patient wrote; a conversation of another clinic is never shown, whatever an escalation names. */
export async function findTalks(deps: ConsoleDeps, escalation: Escalation): Promise<readonly Talk[]> {
  const talks = await Promise.all(placesOf(escalation).map((place) => deps.transcript(place)));
  return talks.flatMap((talk) => (talk?.clinicId === escalation.clinicId ? talk : []));
}

/** The live script asks for the page too; what was done is kept for the page that a person looks at. */
export function isLiveFetch(request: Visit['request']): boolean {
  return request.headers['x-live'] !== undefined;
}

const ACTS: Readonly<Record<string, Act>> = {
  acknowledge: async (visit, { id }, parts) =>
    say(await parts.deps.desk.acknowledge(id, visit.viewer.actor), ({ ref }) => `Ref ${ref} is yours.`, parts),
  'pass-on': async (visit, { id }, parts) =>
    say(
      await parts.deps.desk.passOn(id, visit.viewer.actor),
      ({ ref }) => `You passed on Ref ${ref}. The next person is paged now.`,
      parts,
    ),
  async resolve(visit, escalation, parts) {
    const { id } = escalation;
    const reason = z.enum(REASON_CODES).safeParse(readField(visit.request, 'reason'));
    if (!reason.success) return { fault: 'Close it with one of the reasons. Nothing was changed.', draft: {} };
    const acted = await parts.deps.desk.resolve(id, visit.viewer.actor, reason.data);
    // closing does not hand back, and a patient who writes to a silent bot gets no answer
    const talks = await findTalks(parts.deps, escalation);
    const hint = talks.some(({ takenOverBy }) => takenOverBy !== null) ? ' The bot is still silent: hand back when you are done.' : '';
    return say(acted, ({ ref }) => `Ref ${ref} is closed: ${REASON_WORDS[reason.data]}.${hint}`, parts);
  },
  async reassign(visit, { id, clinicId }, parts) {
    const clinic = parts.deps.clinics.get(clinicId);
    const person = clinic.staff.find((one) => one.id === readField(visit.request, 'person'));
    if (!person) return { fault: 'Choose a person of the clinic. Nothing was changed.', draft: {} };
    const acted = await parts.deps.desk.reassign(id, visit.viewer.actor, person.id);
    return say(acted, ({ ref }) => `Ref ${ref} goes to ${person.name}, who is paged now. It stays open until they take it.`, parts);
  },
  async snooze(visit, { id, clinicId }, parts) {
    const minutes = z.coerce.number().int().min(1).max(240).safeParse(readField(visit.request, 'minutes'));
    if (!minutes.success) return { fault: 'Choose how long to put it off, up to 240 minutes. Nothing was changed.', draft: {} };
    const now = parts.deps.clock();
    const acted = await parts.deps.desk.snooze(id, visit.viewer.actor, now + minutes.data * 60_000);
    const { zone } = parts.deps.clinics.get(clinicId);
    const until = ({ course }: Escalation): string =>
      course.snoozedUntil === null ? 'for now' : `until ${sayMoment(course.snoozedUntil, now, zone)}`;
    return say(acted, (after) => `The reminder of Ref ${after.ref} is put off ${until(after)}.`, parts);
  },
  async note(visit, { id }, parts) {
    const text = readField(visit.request, 'text').trim();
    if (text === '') return { fault: 'Write something before you add the note.', draft: {} };
    if (text.length > MOST_CHARACTERS)
      return { fault: `The note has ${text.length} characters, at most ${MOST_CHARACTERS} fit. Nothing was added.`, draft: { note: text } };
    return say(await parts.deps.desk.note(id, visit.viewer.actor, text), ({ ref }) => `Your note to Ref ${ref} is kept.`, parts);
  },
};

function say(acted: Acted, done: (escalation: Escalation) => string, { deps }: ConsoleParts): Outcome {
  return { said: sayActed(acted, done, { clinics: deps.clinics, now: deps.clock() }) };
}
