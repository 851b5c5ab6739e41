/** What the launcher tells the frame, and the frame the launcher. `aftercare: 1` is the version: pinned launchers must go on working. */
export type ToFrame = { readonly aftercare: 1; readonly type: 'shown' | 'hidden' };

/** What the frame tells the page around it. */
export type ToPage =
  { readonly aftercare: 1; readonly type: 'ready' | 'close' } | { readonly aftercare: 1; readonly type: 'unread'; readonly count: number };

/** Where a message came from and where it must come from. */
interface Expected {
  readonly origin: string;
  readonly source: unknown;
}

/** The type of a message that is ours; null for whatever else a page posts, and for forgeries. */
export function readFrameMessage(event: { origin: string; source: unknown; data: unknown }, expected: Expected): string | null {
  if (event.origin !== expected.origin || event.source !== expected.source || expected.source === null) return null;
  const data = event.data as { aftercare?: unknown; type?: unknown } | null;
  return typeof data === 'object' && data !== null && data.aftercare === 1 && typeof data.type === 'string' ? data.type : null;
}
