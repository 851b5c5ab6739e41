import type { PageMethod } from '../model/clinic';
import type { EscalationStore, Notifier, Page, StaffDesk } from '../model/escalation';
import type { Clock } from '../tools/clock';

/** What asking after silent pages needs. */
export interface PollDeps {
  readonly store: Pick<EscalationStore, 'listUnresolved'>;
  readonly notifiers: ReadonlyMap<PageMethod, Notifier>;
  readonly desk: Pick<StaffDesk, 'takeReport'>;
  readonly clock: Clock;
}

/** A report that is missing for so long will not come by itself; after the later one the ladder has long gone on. */
const SILENT_MS = { from: 2 * 60_000, until: 30 * 60_000 } as const;
/** So many are asked after in one go, the latest first: they still can be followed by another method in time. */
const MOST_PAGES = 20;
const MOST_ESCALATIONS = 1000;

/**
 * Asks providers what became of pages that nobody reported on, and tells the desk; run it each minute. Only pages of escalations that
 * still wait for a human are asked after. Returns how many were.
 */
export async function pollReports({ store, notifiers, desk, clock }: PollDeps): Promise<number> {
  const now = clock();
  const waiting = (await store.listUnresolved(null, MOST_ESCALATIONS)).filter(({ acknowledged }) => acknowledged === null);
  const silent = waiting
    .flatMap(({ pages }) => pages.filter((page) => notifiers.get(page.method)?.poll && isSilent(page, now)))
    .toSorted((one, other) => (other.sentAt ?? 0) - (one.sentAt ?? 0))
    .slice(0, MOST_PAGES);
  await Promise.all(
    silent.map(async ({ id, method, providerId }) => {
      const status = providerId === null ? null : await notifiers.get(method)?.poll?.(providerId);
      if (providerId === null || !status || status === 'sent') return;
      const code = status === 'failed' ? 'polled' : null;
      await desk.takeReport({ providerId, pageId: id, status, permanent: false, code, at: now });
    }),
  );
  return silent.length;
}

function isSilent({ status, sentAt, providerId }: Page, now: number): boolean {
  if (status !== 'sent' || sentAt === null || providerId === null) return false;
  const silentMs = now - sentAt;
  return silentMs >= SILENT_MS.from && silentMs <= SILENT_MS.until;
}
