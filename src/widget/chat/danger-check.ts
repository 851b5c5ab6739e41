import type { DangerWords } from '../../model/web-edge';
import { call } from './http';
import type { DangerCheck } from './danger-patterns';
import { compileDangerWords } from './danger-patterns';
import type { Keep } from './keep';

const FETCH_AFTER_MS = 1_500;

/** Takes the danger words kept from before, and fetches today's a moment after the chat has opened. */
export function loadDangerCheck(keep: Keep): DangerCheck {
  let check: DangerCheck | null = null;
  const take = (words: DangerWords | null): void => {
    if (words) check = compileDangerWords(words);
  };
  take(keep.get('danger-words') as DangerWords | null);
  const refresh = async (): Promise<void> => {
    const reply = await call<DangerWords>('/chat/danger-words');
    if (!reply.ok) return;
    keep.set('danger-words', reply.body);
    take(reply.body);
  };
  // without a network the kept ones stay; the next page load tries again
  setTimeout(() => void refresh().catch(() => undefined), FETCH_AFTER_MS);
  return { finds: (text) => check?.finds(text) ?? false };
}
