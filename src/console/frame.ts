import type { Markup, Part } from './markup';
import { markup } from './markup';
import type { Viewer } from './sessions';

/** A page around its content. */
export interface Frame {
  readonly title: string;
  readonly content: Part;
  /** Null before anybody has signed in. */
  readonly viewer: Viewer | null;
  /** The page's own address, and what the live script watches; null for a page that stands still. */
  readonly live: { readonly page: string; readonly of: string } | null;
  /** What the viewer's last action did. */
  readonly said: string | null;
  /** What was wrong with it. */
  readonly fault: string | null;
}

const NAVIGATION = [
  ['/console', 'Waiting'],
  ['/console/conversations', 'Conversations'],
  ['/console/enroll', 'Enroll'],
  ['/console/escalations', 'History'],
  ['/console/review', 'Review'],
  ['/console/coverage', 'Coverage'],
] as const;

/** Writes a whole page. Titles never hold words of patients. */
export function writePage({ title, content, viewer, live, said, fault }: Frame): string {
  const body = markup`<a class="skip" href="#main">Skip to the content</a>
${viewer && writeHeader(viewer)}
<main id="main">
${live && markup`<p id="live-status" class="live" role="status">Not live: reload to see what is new.</p>`}
${said !== null && markup`<p class="said" role="status">${said}</p>`}
${fault !== null && markup`<p class="fault" role="alert">${fault}</p>`}
${content}
</main>`;
  const watch = live && markup` data-live="/console/live?of=${encodeURIComponent(live.of)}" data-page="${live.page}"`;
  return markup`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title><link rel="stylesheet" href="/console/style.css">
${live && markup`<script src="/console/live.js" defer></script>`}
${live?.of === 'list' && markup`<noscript><meta http-equiv="refresh" content="30"></noscript>`}
</head><body${watch}>
${body}
</body></html>`.text;
}

function writeHeader(viewer: Viewer): Markup {
  return markup`<header><nav aria-label="Console"><ul>
${NAVIGATION.map(([address, name]) => markup`<li><a href="${address}">${name}</a></li>`)}
</ul></nav>
<form method="post" action="/console/sign-out">${csrfField(viewer)}<span>${viewer.name}</span> <button class="plain">Sign out</button></form></header>`;
}

/** The hidden field that shows that a form is ours. */
export function csrfField(viewer: Viewer): Markup {
  return markup`<input type="hidden" name="csrf" value="${viewer.csrf}">`;
}

/** A form of one or more buttons. */
export function buttonForm(viewer: Viewer, action: string, buttons: Part): Markup {
  return markup`<form method="post" action="${action}" class="buttons">${csrfField(viewer)}${buttons}</form>`;
}

/** A part of the page that the live script replaces; `news` is read out when it changes. */
export function liveRegion(id: string, content: Part, news = ''): Markup {
  return markup`<div id="${id}" data-region data-news="${news}">${content}</div>`;
}

/** A table that small screens show as one block a row; the roles keep it a table for screen readers there too. */
export function writeTable(caption: string, heads: readonly string[], rows: readonly (readonly Part[])[]): Markup {
  const cell = (part: Part, index: number): Markup =>
    index === 0
      ? markup`<th scope="row" role="rowheader">${part}</th>`
      : markup`<td role="cell" data-head="${heads[index] ?? ''}">${part}</td>`;
  return markup`<table role="table"><caption>${caption}</caption>
<thead role="rowgroup"><tr role="row">${heads.map((head) => markup`<th scope="col" role="columnheader">${head}</th>`)}</tr></thead>
<tbody role="rowgroup">${rows.map((row) => markup`<tr role="row">${row.map(cell)}</tr>\n`)}</tbody></table>`;
}
