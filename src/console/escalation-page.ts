import { newId } from '../tools/ids';
import type { Chart } from '../model/charts';
import type { Clinic } from '../model/clinic';
import type { Escalation, EscalationEvent } from '../model/escalation';
import { REASON_CODES } from '../model/escalation';
import type { ConsoleDeps, StaffNote, Talk } from './console-deps';
import { writeChart } from './enrol-page';
import { buttonForm, csrfField, liveRegion, writeTable } from './frame';
import { nextStepOf, sayWhy, writeTier } from './list-page';
import type { Markup } from './markup';
import { markup } from './markup';
import { explainDetail, nameOf } from './names';
import { sayCloser } from './say-acted';
import { sayLength, sayMoment } from './say-time';
import type { Viewer } from './sessions';
import { writeReplyForm, writeTakeOver, writeTalk } from './talk-parts';
import { CHANNEL_WORDS, EVENT_WORDS, METHOD_WORDS, PAGE_WORDS, REASON_WORDS, STATUS_WORDS } from './words';

/** Everything one escalation's page shows. */
export interface EscalationView {
  readonly escalation: Escalation;
  readonly clinic: Clinic;
  readonly events: readonly EscalationEvent[];
  /** Where the patient wrote while it was open; the last is where they wrote last, and where answers go. */
  readonly talks: readonly Talk[];
  readonly chart: Chart | null;
  readonly notes: readonly StaffNote[];
  readonly viewer: Viewer;
  /** A reply or note that was refused and must not be lost. */
  readonly draft: { readonly reply?: string; readonly note?: string };
}

const SNOOZE_MINUTES = [15, 30, 60] as const;

/** Writes an escalation's page; what a nurse has to press stands first. */
export function writeEscalation(view: EscalationView, deps: ConsoleDeps): Markup {
  const { escalation, talks, viewer, clinic, notes } = view;
  const talk = talks.at(-1) ?? null;
  const now = deps.clock();
  const back = `/console/escalations/${encodeURIComponent(escalation.id)}`;
  const canClose = escalation.tier === 'ask_clinic' && escalation.status !== 'resolved';
  return markup`<h1>Ref ${escalation.ref} ${writeTier(escalation)}</h1>
${liveRegion('state', markup`${writeState(view, now)}${writeFirstButtons(view, back)}`, newsOf(view))}
<h2>Why</h2><p>${sayWhy(escalation, deps)}</p>
<h2>Conversation</h2>
${talk ? liveRegion('talk', writeTalks(view, now)) : markup`<p>${NO_TALK}</p>`}
${talk && view.chart && markup`<h3>Patient</h3>${writeChart(view.chart, talk.id, { clinic, now })}`}
${talk && writeReplyForm({ talk, viewer, backTo: escalation.id, canClose, draft: view.draft.reply ?? '', messageId: newId('staff', now) })}
<h2>More to do</h2>
${liveRegion('more', writeMore(view, back))}
${writeReassign(view, back)}
<h2>Notes for colleagues</h2>
${liveRegion('notes', notes.length === 0 ? markup`<p>No notes.</p>` : markup`<ul>${notes.map((note) => markup`<li>${sayMoment(note.at, now, clinic.zone)}, ${nameOf(note.by, clinic)}: ${note.text}</li>`)}</ul>`)}
<form method="post" action="${back}/note">${csrfField(viewer)}<label for="note">Note</label>
<textarea id="note" name="text" rows="2" maxlength="2000" required>${view.draft.note ?? ''}</textarea><button>Add note</button></form>
<h2>What happened</h2>
${liveRegion('events', writeEvents(view, deps))}
<h2>Pages</h2>
${liveRegion('pages', writePages(view, now))}`;
}

const NO_TALK = 'No conversation belongs to this: it was raised without one, or has been deleted.';

/** Everything said, each way apart; who wrote by several ways is answered on the last one. */
function writeTalks({ talks, clinic, viewer, escalation }: EscalationView, now: number): Markup[] {
  return talks.map(
    (talk) => markup`${talks.length > 1 && markup`<h3>${CHANNEL_WORDS[talk.channel]}</h3>`}
${writeTalk(talk, clinic, now)}${writeTakeOver(talk, viewer, escalation.id)}`,
  );
}

function countMessages(talks: readonly Talk[]): number {
  return talks.reduce((sum, { messages }) => sum + messages.length, 0);
}

function writeState({ escalation, clinic }: EscalationView, now: number): Markup {
  const { status, acknowledged, raisedAt, course } = escalation;
  const at = (moment: number): string => sayMoment(moment, now, clinic.zone);
  const stepAt = nextStepOf(escalation);
  const state =
    status === 'resolved'
      ? `Closed${sayCloser(escalation, clinic, now)}: ${escalation.resolved ? REASON_WORDS[escalation.resolved.reason] : ''}`
      : acknowledged
        ? `Taken by ${nameOf(acknowledged.by, clinic)} at ${at(acknowledged.at)}`
        : STATUS_WORDS[status];
  return markup`<p class="state"><strong>${state}.</strong> ${clinic.name}. Raised ${at(raisedAt)}${status !== 'resolved' && `, waiting ${sayLength(now - raisedAt)}`}.
${stepAt !== null && `The next step is at ${at(stepAt)}.`} ${status !== 'resolved' && course.dueAt !== null && `Due ${at(course.dueAt)}.`}
${course.snoozedUntil !== null && course.snoozedUntil > now && `Reminder put off until ${at(course.snoozedUntil)}.`}</p>`;
}

/** Read out when it changes: who has it, and how much was said. */
function newsOf({ escalation, clinic, talks }: EscalationView): string {
  const holder = escalation.acknowledged ? `taken by ${nameOf(escalation.acknowledged.by, clinic)}` : STATUS_WORDS[escalation.status];
  const state = escalation.status === 'resolved' ? 'closed' : holder;
  return `Ref ${escalation.ref}: ${state}. ${countMessages(talks)} messages.`;
}

function writeFirstButtons({ escalation, viewer }: EscalationView, back: string): Markup | null {
  if (escalation.status === 'resolved' || escalation.acknowledged) return null;
  return markup`<div class="first">${buttonForm(viewer, `${back}/acknowledge`, markup`<button id="acknowledge" class="big">Acknowledge</button>`)}
${escalation.tier !== 'ask_clinic' && buttonForm(viewer, `${back}/pass-on`, markup`<button id="pass-on">Pass on</button>`)}</div>`;
}

function writeMore({ escalation, viewer }: EscalationView, back: string): Markup {
  if (escalation.status === 'resolved') return markup`<p>This is closed.</p>`;
  const reasons = REASON_CODES.map(
    (code) => markup`<button id="close-${code}" name="reason" value="${code}">${REASON_WORDS[code]}</button>`,
  );
  const snoozes = SNOOZE_MINUTES.map(
    (minutes) => markup`<button id="snooze-${minutes}" name="minutes" value="${minutes}">${minutes} minutes</button>`,
  );
  return markup`<h3>Close with a reason</h3>${buttonForm(viewer, `${back}/resolve`, reasons)}
${
  escalation.acknowledged &&
  escalation.tier !== 'ask_clinic' &&
  markup`<h3>Put off the reminder</h3>${buttonForm(viewer, `${back}/snooze`, snoozes)}
<h3>Pass it on</h3>${buttonForm(viewer, `${back}/pass-on`, markup`<button id="pass-on-later">Pass on</button>`)}`
}`;
}

function writeReassign({ escalation, clinic, viewer }: EscalationView, back: string): Markup | null {
  const others = clinic.staff.filter(({ id }) => id !== escalation.acknowledged?.by);
  if (escalation.status === 'resolved' || others.length === 0) return null;
  const options = others.map(({ id, name }) => markup`<option value="${id}">${name}</option>`);
  return markup`<h3>Give it to another person</h3>
<form method="post" action="${back}/reassign">${csrfField(viewer)}<label for="person">Person</label>
<select id="person" name="person" required>${options}</select><button>Reassign</button></form>`;
}

function writeEvents({ events, clinic }: EscalationView, deps: ConsoleDeps): Markup {
  const now = deps.clock();
  const context = { clinic, now, flagTitle: (flag: string) => deps.flagTitle(flag) };
  const lines = events.map((event) => {
    const detail = explainDetail(event, context);
    return markup`<li>${sayMoment(event.at, now, clinic.zone)}: ${EVENT_WORDS[event.kind]}, by ${nameOf(event.actor, clinic)}${detail && ` (${detail})`}</li>
`;
  });
  return lines.length === 0 ? markup`<p>Nothing yet.</p>` : markup`<ol class="events">${lines}</ol>`;
}

function writePages({ escalation, clinic }: EscalationView, now: number): Markup {
  if (escalation.pages.length === 0) return markup`<p>Nobody has been paged yet.</p>`;
  const at = (moment: number | null): string => (moment === null ? 'Not yet' : sayMoment(moment, now, clinic.zone));
  const rows = escalation.pages.map((page) => [
    nameOf(page.personId, clinic),
    METHOD_WORDS[page.method],
    page.step === 0 ? 'By hand or fallback' : `Step ${page.step}, round ${page.round}`,
    markup`${PAGE_WORDS[page.status]}${page.failure !== null && ` (${page.failure === 'withdrawn' ? 'no longer needed' : page.failure})`}`,
    at(page.dueAt),
    at(page.sentAt),
    at(page.deliveredAt),
  ]);
  return writeTable('Pages, oldest first', ['Person', 'By', 'Step', 'State', 'To leave', 'Sent', 'Arrived'], rows);
}
