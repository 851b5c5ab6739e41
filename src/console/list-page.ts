import type { Clinic } from '../model/clinic';
import type { Escalation } from '../model/escalation';
import { NO_REPLY } from '../model/escalation';
import type { ConsoleDeps } from './console-deps';
import { liveRegion, writeTable } from './frame';
import type { Markup, Part } from './markup';
import { markup } from './markup';
import { nameOf } from './names';
import { sayLength, sayMoment } from './say-time';
import type { Viewer } from './sessions';
import { reasonText, STATUS_WORDS, TIER_WORDS } from './words';

/** What lists are made from, and for whom. */
interface Shelf {
  readonly deps: ConsoleDeps;
  readonly viewer: Viewer;
}

/** Everything that waits for a person: emergencies first, then the oldest; questions by their due time; drills apart. */
export function writeWaiting(waiting: readonly Escalation[], shelf: Shelf): { readonly title: string; readonly content: Markup } {
  const { unsignedEntries } = shelf.deps;
  const patients = waiting.filter(({ isDrill }) => !isDrill);
  const urgent = patients.filter(({ tier }) => tier !== 'ask_clinic').sort(byUrgency);
  const questions = patients.filter(({ tier }) => tier === 'ask_clinic').sort((a, b) => dueAt(a) - dueAt(b));
  const drills = waiting.filter(({ isDrill }) => isDrill);
  const untaken = urgent.filter(({ status }) => status !== 'acknowledged').length;
  const news = `${urgent.length} urgent, ${untaken} of them not taken. ${questions.length} in the queue.`;
  const content = markup`<h1>Waiting for a person</h1>
${unsignedEntries > 0 && markup`<p class="notice">${unsignedEntries} entries are not signed by a medical director. This is a demo.</p>`}
${liveRegion(
  'waiting',
  markup`<p>${news}</p>
<h2>Urgent</h2>${writeUrgent('Urgent, emergencies first', urgent, shelf)}
<h2>Questions for the clinic</h2>${writeQuestions(questions, shelf)}
${drills.length > 0 && markup`<h2>Drills: no patient is behind these</h2>${writeUrgent('Drills', drills, shelf)}`}`,
  news,
)}`;
  return { title: `(${urgent.length + questions.length}) Waiting`, content };
}

function writeUrgent(caption: string, escalations: readonly Escalation[], shelf: Shelf): Markup {
  const { deps } = shelf;
  if (escalations.length === 0) return markup`<p>Nothing urgent waits.</p>`;
  const now = deps.clock();
  const rows = escalations.map((entry) => {
    const { zone } = clinicOf(entry, deps);
    const stepAt = nextStepOf(entry);
    return [
      ...writeStart(entry, shelf),
      STATUS_WORDS[entry.status],
      writeHolder(entry, deps),
      sayLength(now - entry.raisedAt),
      stepAt === null ? 'No page waits' : sayMoment(stepAt, now, zone),
    ];
  });
  return writeTable(caption, ['Ref', 'Level', 'Why', 'State', 'Who has it', 'Waiting', 'Next step'], rows);
}

/** When the ladder pages on; null once somebody has it. */
export function nextStepOf({ acknowledged, resolved, course }: Escalation): number | null {
  return acknowledged || resolved ? null : course.stepAt;
}

function writeQuestions(escalations: readonly Escalation[], shelf: Shelf): Markup {
  const { deps } = shelf;
  if (escalations.length === 0) return markup`<p>The queue is empty.</p>`;
  const now = deps.clock();
  const rows = escalations.map((entry) => {
    const { zone } = clinicOf(entry, deps);
    const due = entry.course.dueAt;
    const isOverdue = due !== null && due < now;
    return [
      ...writeStart(entry, shelf),
      sayMoment(entry.raisedAt, now, zone),
      due === null ? 'No time set' : markup`${sayMoment(due, now, zone)}${isOverdue && markup` <strong class="overdue">Overdue</strong>`}`,
      writeHolder(entry, deps),
    ];
  });
  return writeTable('Questions by due time', ['Ref', 'Level', 'Why', 'Asked', 'Due', 'Who has it'], rows);
}

/** All escalations, newest first. */
export function writeHistory(escalations: readonly Escalation[], shelf: Shelf): Markup {
  const { deps } = shelf;
  const now = deps.clock();
  const rows = escalations.map((entry) => {
    const clinic = clinicOf(entry, deps);
    const { resolved } = entry;
    return [
      ...writeStart(entry, shelf),
      sayMoment(entry.raisedAt, now, clinic.zone),
      STATUS_WORDS[entry.status],
      resolved ? `${nameOf(resolved.by, clinic)}, ${sayMoment(resolved.at, now, clinic.zone)}` : writeHolder(entry, deps),
    ];
  });
  return markup`<h1>History</h1>
${rows.length === 0 ? markup`<p>No escalations yet.</p>` : writeTable('Newest first', ['Ref', 'Level', 'Why', 'Raised', 'State', 'Who'], rows)}`;
}

/** Reference, level and reason, which every table begins with. */
function writeStart(entry: Escalation, { deps, viewer }: Shelf): Part[] {
  const clinic = clinicOf(entry, deps);
  const several = seesSeveral(viewer, deps);
  return [
    markup`<a id="ref-${entry.id}" href="/console/escalations/${encodeURIComponent(entry.id)}">Ref ${entry.ref}</a>${several && ` ${clinic.name}`}`,
    writeTier(entry),
    sayWhy(entry, deps),
  ];
}

/** The level, with a mark for a drill. */
export function writeTier({ tier, isDrill }: Escalation): Markup {
  return markup`<span class="tier ${tier}">${isDrill && 'Test: '}${TIER_WORDS[tier]}</span>`;
}

/** Why it was raised: the titles of its red flags, else its reason; both where a flag was only suspected. */
export function sayWhy(entry: Escalation, deps: ConsoleDeps): string {
  const titles = entry.flags.map((flag) => deps.flagTitle(flag));
  const reason = reasonText(entry.reason, (personId) => nameOf(personId, clinicOf(entry, deps)));
  if (entry.reason === NO_REPLY) return [reason, ...titles].join('; ');
  return titles.join('; ') || reason;
}

/** Whether lists have to name the clinic of each row. */
export function seesSeveral({ clinicId }: Viewer, { clinics }: ConsoleDeps): boolean {
  return clinicId === null && clinics.all().length > 1;
}

function writeHolder(entry: Escalation, deps: ConsoleDeps): string {
  return entry.acknowledged ? nameOf(entry.acknowledged.by, clinicOf(entry, deps)) : 'Nobody';
}

function clinicOf({ clinicId }: Escalation, { clinics }: ConsoleDeps): Clinic {
  return clinics.get(clinicId);
}

function byUrgency(a: Escalation, b: Escalation): number {
  const rank = (entry: Escalation): number => (entry.tier === 'emergency' ? 0 : 1);
  return rank(a) - rank(b) || a.raisedAt - b.raisedAt;
}

function dueAt({ course }: Escalation): number {
  return course.dueAt ?? Infinity;
}
