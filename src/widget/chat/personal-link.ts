import type { Keep } from './keep';

/** What the server says of a personal link; `later`: it could not look it up yet. */
export type LinkOutcome = 'linked' | 'used' | 'expired' | 'unknown' | 'later';

/** A link on its way to the server; `claim` shows that this is the browser that brought it first, should the answer get lost. */
export interface BroughtLink {
  readonly token: string;
  readonly claim: string;
}

/** Takes a personal link out of the page's address, where nobody shall read it, and keeps it until the server has seen it. True if there was one. */
export function takeLink(keep: Keep): boolean {
  const [, token] = /^#link=([\w-]{16,128})$/.exec(location.hash) ?? [];
  if (token === undefined) return false;
  history.replaceState(null, '', location.pathname + location.search);
  keep.set('link', token);
  return true;
}

/** The link that the server has not seen yet. */
export function waitingLink(keep: Keep): BroughtLink | null {
  const token = keep.get('link');
  if (typeof token !== 'string') return null;
  if (typeof keep.get('link-claim') !== 'string') keep.set('link-claim', crypto.getRandomValues(new Uint32Array(4)).join('-'));
  return { token, claim: String(keep.get('link-claim')) };
}

/** The server has seen it. */
export function settleLink(keep: Keep, outcome: LinkOutcome): void {
  if (outcome !== 'later') keep.remove('link');
}
