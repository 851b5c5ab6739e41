import fc from 'fast-check';
import type { ClaimedSending, Escalation, EscalationStore } from '../../src/model/escalation';
import { makeMemoryEscalationStore } from '../../src/storage/memory-escalations';
import { openStore } from '../../src/storage/open-store';
import { changeTo, sampleEscalation, sampleSending } from './escalation-samples';

/** One thing that a process does with a store; numbers pick among what there is. */
type Step =
  | { readonly do: 'add'; readonly clinic: number; readonly priority: 0 | 1 | 2; readonly inMs: number }
  | { readonly do: 'claim'; readonly limit: number; readonly full: readonly number[] }
  | { readonly do: 'begin' | 'done' | 'again'; readonly pick: number }
  | { readonly do: 'raise' | 'save'; readonly pick: number; readonly inMs: number }
  | { readonly do: 'look'; readonly limit: number }
  | { readonly do: 'wait'; readonly ms: number };

const pick = fc.nat({ max: 50 });
const inMs = fc.nat({ max: 3_000 });
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ do: fc.constant('add' as const), clinic: fc.nat({ max: 2 }), priority: fc.constantFrom(0, 1, 2), inMs }),
  fc.record({ do: fc.constant('claim' as const), limit: fc.integer({ min: 1, max: 4 }), full: fc.uniqueArray(fc.nat({ max: 2 })) }),
  fc.record({ do: fc.constantFrom('begin' as const, 'done' as const, 'again' as const), pick }),
  fc.record({ do: fc.constantFrom('raise' as const, 'save' as const), pick, inMs }),
  fc.record({ do: fc.constant('look' as const), limit: fc.integer({ min: 1, max: 3 }) }),
  fc.record({ do: fc.constant('wait' as const), ms: fc.integer({ min: 1, max: 6_000 }) }),
);

const LEASE_MS = 2_000;

/** What is due already is due, since whenever. */
function dueFrom(at: number | null, now: number): number | null {
  return at === null ? null : Math.max(at, now);
}

/** Does the steps and writes down what came of each. Moments are all different, so that no order is left to chance. */
async function play(store: EscalationStore, steps: readonly Step[]): Promise<unknown[]> {
  const seen: unknown[] = [];
  const claimed: ClaimedSending[] = [];
  const read: Escalation[] = [];
  let now = 10_000;
  for (const [index, act] of steps.entries()) {
    const fraction = (index + 1) / 1_000;
    switch (act.do) {
      case 'add':
        await store.addSending(
          sampleSending(`s${index}`, { clinicId: `c${act.clinic}`, priority: act.priority, dueAt: now + act.inMs + fraction }),
        );
        break;
      case 'claim': {
        const got = await store.claimSendings(now, {
          limit: act.limit,
          leaseMs: LEASE_MS + fraction,
          fullClinics: act.full.map((n) => `c${n}`),
        });
        claimed.push(...got);
        seen.push(got.map(({ dedupeKey, epoch, attempts, dueAt }) => [dedupeKey, epoch, attempts, dueAt]));
        break;
      }
      case 'begin':
      case 'done':
      case 'again': {
        const sending = claimed[act.pick % Math.max(1, claimed.length)];
        if (!sending) break;
        const at = now + 500 + fraction;
        const outcome = { state: act.do === 'begin' ? 'done' : act.do, at, failure: null } as const;
        seen.push(
          act.do === 'begin' ? await store.beginAttempt(sending, now, LEASE_MS + fraction) : await store.settle(sending, outcome, null, []),
        );
        break;
      }
      case 'raise': {
        const raised = sampleEscalation({ id: `e${index}`, clinicId: `c${act.pick % 3}`, nextAt: now + act.inMs + fraction });
        seen.push(await store.save(changeTo(raised, { send: [sampleSending(`e${index}`, { dueAt: now + act.inMs + fraction })] }), []));
        const stored = await store.find(raised.id);
        if (stored) read.push(stored);
        break;
      }
      case 'save': {
        const before = read[act.pick % Math.max(1, read.length)]; // perhaps an old version
        if (!before) break;
        seen.push(await store.save(changeTo({ ...before, status: 'notified', nextAt: now + act.inMs + fraction }), []));
        const after = await store.find(before.id);
        seen.push(after);
        if (after && act.pick % 2 === 0) read.push(after);
        break;
      }
      case 'look':
        seen.push(await store.claimDue(now, { limit: act.limit, leaseMs: LEASE_MS + fraction }));
        break;
      case 'wait':
        now += act.ms;
        break;
    }
    seen.push(dueFrom(await store.nextDueAt(), now));
  }
  seen.push(await store.listUnresolved(null, 100));
  return seen;
}

describe('escalations in memory and in SQLite', () => {
  it('do the same, whatever happens in whatever order', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 60 }), async (steps) => {
        const stored = await openStore({ path: ':memory:', secret: Buffer.alloc(32, 9), now: 1 });
        try {
          expect(await play(makeMemoryEscalationStore(), steps)).toEqual(await play(stored, steps));
        } finally {
          await stored.close();
        }
      }),
      { numRuns: 150 },
    );
  }, 120_000);
});
