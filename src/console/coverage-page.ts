import type { Clinic } from '../model/clinic';
import type { ConsoleDeps, OnCallRow } from './console-deps';
import { writeTable } from './frame';
import type { Markup } from './markup';
import { markup } from './markup';
import { sayDate, sayLength, sayMoment } from './say-time';

const MOST_HOLES = 50;

/** Writes who is on call now and next in each clinic, and the holes of the next 52 weeks. */
export function writeCoverage(clinics: readonly Clinic[], deps: ConsoleDeps): Markup {
  return markup`<h1>Coverage</h1>${clinics.map((clinic) => writeClinic(clinic, deps))}`;
}

function writeClinic(clinic: Clinic, deps: ConsoleDeps): Markup {
  const now = deps.clock();
  const next = deps.nextChangeAfter(clinic, now);
  const fallback = clinic.staff.find(({ id }) => id === clinic.onCall.fallback);
  return markup`<section><h2>${clinic.name}</h2><p>Times are in ${clinic.zone}.
Paged when nobody is on call: ${fallback?.name ?? markup`<strong class="overdue">nobody is named</strong>`}.</p>
<h3>On call now</h3>${writeSteps('On call now', deps.onCall(clinic, now))}
<h3>Next</h3>${
    next === null
      ? markup`<p>Nobody else is planned in the next year.</p>`
      : markup`<p>From ${sayMoment(next, now, clinic.zone)}:</p>${writeSteps('On call next', deps.onCall(clinic, next))}`
  }
<h3>Holes in the next 52 weeks</h3>${writeHoles(clinic, deps)}</section>`;
}

function writeSteps(caption: string, steps: readonly OnCallRow[]): Markup {
  if (steps.length === 0) return markup`<p>No steps are planned.</p>`;
  const rows = steps.map(({ step, people }) => [`Step ${step}`, people.map(({ name }) => name).join(', ') || 'Nobody']);
  return writeTable(caption, ['Step', 'Who'], rows);
}

function writeHoles(clinic: Clinic, deps: ConsoleDeps): Markup {
  const holes = deps.holes(clinic);
  if (holes.length === 0) return markup`<p>None: somebody can be reached at every minute.</p>`;
  const rows = holes
    .slice(0, MOST_HOLES)
    .map((hole) => [sayDate(hole.from, clinic.zone), sayDate(hole.until, clinic.zone), sayLength(hole.until - hole.from), hole.why]);
  return markup`<p class="notice">${holes.length} holes${holes.length > MOST_HOLES && `, the first ${MOST_HOLES} are shown`}.</p>
${writeTable('Holes', ['From', 'Until', 'Length', 'What is missing'], rows)}`;
}
