import type { Clock } from '../tools/clock';
import { isSame, makeSigner } from './make-signer';

const MOST_WRONG = 5;
const LOCKED_MS = 15 * 60_000;

/** What came of a PIN. */
export type PinAnswer =
  { readonly kind: 'right' } | { readonly kind: 'wrong'; readonly left: number } | { readonly kind: 'locked'; readonly until: number };

/** Checks PINs and stops guessing: the fifth wrong one in a row locks a person's PIN for 15 minutes, on each replica. */
export interface PinTries {
  check(who: { readonly clinicId: string; readonly personId: string; readonly pin: string }, given: string): PinAnswer;
}

/** Makes the check; what was tried is kept in memory. */
export function makePinTries(secret: Buffer, clock: Clock): PinTries {
  const signer = makeSigner(secret, 'pin');
  const tries = new Map<string, { wrong: number; lockedUntil: number }>();
  return {
    check({ clinicId, personId, pin }, given) {
      const key = `${clinicId}/${personId}`;
      const now = clock();
      const known = tries.get(key) ?? { wrong: 0, lockedUntil: 0 };
      if (known.lockedUntil > now) return { kind: 'locked', until: known.lockedUntil };
      if (isSame(signer.mark(given), signer.mark(pin))) {
        tries.delete(key);
        return { kind: 'right' };
      }
      const wrong = known.wrong + 1;
      if (wrong < MOST_WRONG) {
        tries.set(key, { wrong, lockedUntil: 0 });
        return { kind: 'wrong', left: MOST_WRONG - wrong };
      }
      tries.set(key, { wrong: 0, lockedUntil: now + LOCKED_MS });
      return { kind: 'locked', until: now + LOCKED_MS };
    },
  };
}
