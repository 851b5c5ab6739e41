import type { EscalationStore } from '../../src/model/escalation';
import { makeMemoryEscalationStore } from '../../src/storage/memory-escalations';
import { openStore } from '../../src/storage/open-store';
import { DATABASES } from './databases';

/** Opens an empty store, and says how it is closed. */
export type OpenStore = () => Promise<{ readonly store: EscalationStore; readonly close: () => Promise<void> }>;

/** Every kind of store that has to keep the same promises. */
export const STORES: readonly (readonly [name: string, open: OpenStore])[] = [
  ...DATABASES.map((database): [string, OpenStore] => [
    database.name,
    async () => {
      const store = await openStore({ ...(await database.newPlace()), secret: Buffer.alloc(32, 9), now: 1 });
      return { store, close: () => store.close() };
    },
  ]),
  ['memory', () => Promise.resolve({ store: makeMemoryEscalationStore(), close: () => Promise.resolve() })],
];
