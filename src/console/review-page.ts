import type { ConsoleDeps, NotUnderstoodRow } from './console-deps';
import type { StoredReview } from '../model/turn';
import { writeTable } from './frame';
import type { Markup } from './markup';
import { markup } from './markup';
import { sayMoment } from './say-time';
import { inWords } from './words';

const KIND_WORDS: Readonly<Record<NotUnderstoodRow['kind'], string>> = {
  asked_back: 'Asked back',
  handed_over: 'Passed to a person',
  out_of_scope: 'Turned away as not ours',
};

/** Writes what a clinician should read again: what was not understood, and where the two danger detectors differ. */
export function writeReview(notUnderstood: readonly NotUnderstoodRow[], reviews: readonly StoredReview[], deps: ConsoleDeps): Markup {
  return markup`<h1>Review</h1>
<h2>Not understood</h2>${notUnderstood.length === 0 ? markup`<p>Nothing to review.</p>` : writeNotUnderstood(notUnderstood, deps)}
<h2>Danger detectors differ</h2><p>The more serious one was followed.</p>${reviews.length === 0 ? markup`<p>Nothing to review.</p>` : writeReviews(reviews, deps)}`;
}

function writeNotUnderstood(rows: readonly NotUnderstoodRow[], deps: ConsoleDeps): Markup {
  const lines = rows.map((row) => [
    linkTo(row, deps),
    KIND_WORDS[row.kind],
    `${Math.round(row.confidence * 100)} %`,
    row.guesses.map(({ topic, probability }) => `${inWords(topic)} ${Math.round(probability * 100)} %`).join(', ') || 'None',
  ]);
  return writeTable('Messages that were not understood, newest first', ['Message', 'What was done', 'Confidence', 'Best guesses'], lines);
}

function writeReviews(rows: readonly StoredReview[], deps: ConsoleDeps): Markup {
  const lines = rows.map((row) => [
    linkTo(row, deps),
    inWords(row.rules),
    inWords(row.statistics),
    inWords(row.answered),
    row.flags.map((flag) => deps.flagTitle(flag)).join('; ') || 'None',
  ]);
  return writeTable(
    'Messages on which the danger detectors differ, newest first',
    ['Message', 'Rules', 'Statistics', 'Answered as', 'Red flags'],
    lines,
  );
}

function linkTo(row: { conversationId: string; clinicId: string; seq: number; at: number }, { clinics, clock }: ConsoleDeps): Markup {
  const { zone } = clinics.get(row.clinicId);
  return markup`<a href="/console/conversations/${encodeURIComponent(row.conversationId)}#message-${row.seq}">${sayMoment(row.at, clock(), zone)}</a>`;
}
