import type { Clinic, PageMethod } from '../model/clinic';
import type { Course, Escalation, EscalationChange, Page } from '../model/escalation';
import { Draft, contactsInTurn } from './change';
import type { OnCallStep } from './on-call';
import { fallbackOf, whoIsOnCall } from './on-call';
import { keepQueue } from './queue';
import { minutesAfterAcknowledgement } from './after-acknowledgement';
import { earliest } from './earliest';
import { pageAll } from './reopen';

/**
 * What has to happen to an escalation now, and when to look again (`after.nextAt`). Pure: the same escalation, clinic and moment give
 * the same answer, so that a dry run prints what a live night does. Looking twice at the same moment changes nothing the second time.
 */
export function nextStep(escalation: Escalation, clinic: Clinic, now: number): EscalationChange {
  const draft = new Draft(escalation, clinic, now);
  look(draft);
  return draft.done();
}

/** The same, as the last part of a change that is under way. */
export function look(draft: Draft): void {
  const { after } = draft;
  if (after.resolved) draft.set({ nextAt: null });
  else if (after.tier === 'ask_clinic') keepQueue(draft);
  else if (after.acknowledged) minutesAfterAcknowledgement(draft);
  if (draft.after.resolved === null && draft.after.tier !== 'ask_clinic' && draft.after.acknowledged === null) climb(draft);
}

/** Pages whoever is due, tells the patient the truth when nobody answers, and finds the next moment. */
function climb(draft: Draft): void {
  const { clinic, now } = draft;
  const { course, tier } = draft.after;
  const tellAt = course.startedAt + clinic.clocks.tellPatientNobody;
  // Nobody waits behind a drill: one that nobody answers ends, and says so.
  if (draft.after.isDrill && tellAt <= now) return endDrill(draft);
  if (course.stepAt !== null && course.stepAt <= now) {
    draft.setCourse({ hurried: 0 });
    visitStep(draft);
  }
  const contactsAt = tryFurtherContacts(draft);
  const secondAt = tier === 'urgent' ? secondPerson(draft) : null;
  if (draft.after.course.toldNobodyAt === null && tellAt <= now) sayNobody(draft);
  draft.set({
    nextAt: earliest(draft.after.course.stepAt, contactsAt, secondAt, draft.after.course.toldNobodyAt === null ? tellAt : null),
  });
}

function endDrill(draft: Draft): void {
  draft.note('alarm', 'clock', 'nobody acknowledged the drill');
  draft.set({ status: 'resolved', resolved: { by: 'clock', at: draft.now, reason: 'handled' }, nextAt: null });
}

function sayNobody(draft: Draft): void {
  draft.setCourse({ toldNobodyAt: draft.now });
  draft.tellPatient(`nobody-${draft.after.course.round}`, draft.after.tier === 'emergency' ? 'nobodyAnsweredEmergency' : 'nobodyAnswered');
}

/** Pages the step that is due. A step with nobody costs no time: the next one is taken at once; with nobody on any step, the fallback. */
function visitStep(draft: Draft): void {
  const { now, clinic } = draft;
  const onCall = whoIsOnCall(clinic, now);
  const { course, tier } = draft.after;
  const every = tier === 'emergency' ? clinic.clocks.emergencyNextStep : clinic.clocks.urgentNextStep;
  const next = tier === 'emergency' && course.stepAt === course.startedAt ? alarmAll(draft, onCall) : pageNext(draft, onCall);
  draft.setCourse({ ...next, stepAt: now + every, visitedAt: now, passedOnBy: [] });
}

type Place = Pick<Course, 'step' | 'round'>;

/** An emergency begins with one person of every step at once, the first who is not alarmed already: nobody's telephone rings twice. */
function alarmAll(draft: Draft, onCall: readonly OnCallStep[]): Place {
  const { round, passedOnBy } = draft.after.course;
  const out = new Set(passedOnBy);
  let paged = false;
  for (const { step, people } of onCall) {
    const person = people.find(({ id }) => !out.has(id));
    if (!person) continue;
    out.add(person.id);
    paged = pageAll(draft, [person], { step, round }) || paged;
  }
  if (!paged) pageFallback(draft, round);
  return { step: 1, round: round + 1 };
}

function pageNext(draft: Draft, onCall: readonly OnCallStep[]): Place {
  const { course } = draft.after;
  let { step, round } = course;
  for (let tried = 0; tried < onCall.length; tried++) {
    const people = (onCall[step - 1]?.people ?? []).filter((person) => !course.passedOnBy.includes(person.id));
    const visited = { step, round };
    [step, round] = step >= onCall.length ? [1, round + 1] : [step + 1, round];
    if (pageAll(draft, people, visited)) return { step, round };
    draft.note('step_empty', 'clock', `step ${visited.step}`);
  }
  pageFallback(draft, round);
  return { step: 1, round: round + 1 };
}

/** The clinic's named fallback; where there is none, the patient hears at once that nobody can be reached. */
function pageFallback(draft: Draft, round: number): void {
  const person = fallbackOf(draft.clinic);
  if (person && pageAll(draft, [person], { step: 0, round })) {
    draft.note('fallback', 'clock', person.id);
    return;
  }
  draft.note('alarm', 'clock', 'nobody is on call and there is no fallback');
  if (draft.after.course.toldNobodyAt === null) sayNobody(draft);
}

/**
 * Second and third contacts of people who were paged: when their time has come, or at once when the ones before failed for good. When
 * every contact of the newest step has failed, the next step is due at once. Returns when the next contact is due.
 */
function tryFurtherContacts(draft: Draft): number | null {
  let next: number | null = null;
  for (const visit of visitsOf(draft.after)) {
    const person = draft.clinic.staff.find((entry) => entry.id === visit.personId);
    let { pages } = visit;
    for (const { contact, afterMs } of person ? contactsInTurn(person) : []) {
      if (pages.some((page) => page.method === contact.method)) continue;
      const dueAt = pages.every(hasFailed) || isFirstHeldUp(pages, contact.method) ? draft.now : visit.at + afterMs;
      if (dueAt > draft.now) next = earliest(next, dueAt);
      else if (draft.page(person!, contact, visit)) pages = [...pages, draft.after.pages.at(-1)!];
    }
  }
  const { hurried } = draft.after.course;
  // Once all steps and the fallback have failed, the ladder waits its turn: the same dead numbers without a pause would help nobody.
  if (hurried <= draft.clinic.onCall.steps.length && hasNewestVisitFailed(draft.after)) {
    draft.setCourse({ hurried: hurried + 1 });
    visitStep(draft);
    return earliest(next, tryFurtherContacts(draft));
  }
  return next;
}

/** A provider of each method; text and voice go through the same telephone company. */
const PROVIDERS: Readonly<Record<PageMethod, string>> = {
  sms: 'telephone',
  voice: 'telephone',
  email: 'mail',
  teams: 'teams',
  webhook: 'webhook',
};

/** A first page whose provider fails for the moment is tried again there, and meanwhile goes out through another provider. */
function isFirstHeldUp(pages: readonly Page[], method: PageMethod): boolean {
  const isHeldUp = pages.length > 0 && pages.every((page) => page.isFirst && (hasFailed(page) || page.status === 'failed_temporarily'));
  return isHeldUp && pages.every((page) => PROVIDERS[page.method] !== PROVIDERS[method]);
}

function hasNewestVisitFailed(escalation: Escalation): boolean {
  const newest = visitsOf(escalation).filter((visit) => visit.at === escalation.course.visitedAt);
  return newest.length > 0 && newest.every(({ pages }) => pages.every(hasFailed));
}

/** By its clock two people have been paged for an urgent one, even where all steps name the same person. Returns when that is due. */
function secondPerson(draft: Draft): number | null {
  const { clinic, now } = draft;
  const { course } = draft.after;
  const paged = new Set(draft.after.pages.filter((page) => page.queuedAt >= course.startedAt).map((page) => page.personId));
  if (paged.size !== 1) return null;
  const dueAt = course.startedAt + clinic.clocks.urgentSecondPerson;
  const others = [...whoIsOnCall(clinic, now).flatMap(({ people }) => people), fallbackOf(clinic)].filter(
    (person) => person !== null && !paged.has(person.id) && person.contacts.length > 0,
  );
  const other = others[0];
  if (!other) return null;
  if (dueAt > now) return dueAt;
  pageAll(draft, [other], { step: 0, round: course.round });
  return null;
}

interface Visit {
  readonly personId: string;
  readonly step: number;
  readonly round: number;
  readonly at: number;
  readonly pages: readonly Page[];
}

/** Every time a person's turn has come since paging began, with its pages. A long night has hundreds: each page is looked at once. */
function visitsOf({ pages, course }: Escalation): Visit[] {
  const visits = new Map<string, Visit & { readonly pages: Page[] }>();
  for (const page of pages) {
    if (page.queuedAt < course.startedAt) continue;
    const { personId, step, round } = page;
    const key = `${round}/${step}/${personId}`;
    const visit = visits.get(key);
    if (visit) visit.pages.push(page);
    else visits.set(key, { personId, step, round, at: page.queuedAt, pages: [page] });
  }
  return [...visits.values()];
}

function hasFailed(page: Page): boolean {
  return page.status === 'failed_permanently';
}
