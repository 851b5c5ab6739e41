import type { PageMethod } from '../model/clinic';
import type { EscalationChange, EscalationStore, Notifier } from '../model/escalation';
import type { VirtualTime } from './virtual-time';

/** Faults that the simulation can be given on purpose, to show that it notices them. */
export const PLANTED_BUGS = ['lost', 'rest', 'wrong-person', 'slow'] as const;
export type PlantedBug = (typeof PLANTED_BUGS)[number];

/** `lost`: one escalation in a hundred is not stored. `rest`: now and then one forgets when to look again. */
export function plantInStore(store: EscalationStore, plant: PlantedBug | null): EscalationStore {
  if (plant === 'lost')
    return {
      ...store,
      save: (change, messages) =>
        change.after.version === 0 && change.after.id.endsWith('00') ? Promise.resolve(true) : store.save(change, messages),
    };
  if (plant !== 'rest') return store;
  let count = 0;
  return {
    ...store,
    save: (change, messages) =>
      store.save((count += 1) % 200 === 0 ? { ...change, after: { ...change.after, nextAt: null } } : change, messages),
  };
}

/** `slow`: every message takes 12 seconds. */
export function plantInNotifiers(
  notifiers: ReadonlyMap<PageMethod, Notifier>,
  plant: PlantedBug | null,
  time: VirtualTime,
): ReadonlyMap<PageMethod, Notifier> {
  if (plant !== 'slow') return notifiers;
  return new Map(
    [...notifiers].map(([method, notifier]) => [
      method,
      {
        ...notifier,
        async send(message, deadlineMs) {
          await new Promise<void>((resolve) => time.after(12_000, resolve));
          return notifier.send(message, deadlineMs);
        },
      },
    ]),
  );
}

/** `wrong-person`: the first page goes to somebody who is not on call. */
export function toStranger(change: EscalationChange, personId: string): EscalationChange {
  return { ...change, after: { ...change.after, pages: change.after.pages.map((page) => ({ ...page, personId })) } };
}
