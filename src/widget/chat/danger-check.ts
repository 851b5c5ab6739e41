import type { DangerWords } from '../../model/web-edge';
import { call } from './http';
import type { Keep } from './keep';

const FETCH_AFTER_MS = 1_500;

/** Finds emergencies in what a patient writes, without the server; doubt counts as one. */
export interface DangerCheck {
  finds(text: string): boolean;
}

/** A message as the patterns expect it: lower case, no apostrophes, words apart by one space. */
export function tidyForDanger(text: string): string {
  const plain = text.normalize('NFKC').toLowerCase();
  return ` ${plain.replace(/['\u2018\u2019`]/g, '').replace(/[^\p{L}\p{N}]+/gu, ' ')} `;
}

/** Compiles the patterns of knowledge/. */
export function compileDangerWords({ parts, patterns }: DangerWords): DangerCheck {
  const fill = (source: string): string => source.replace(/<(\w+)>/g, (_whole, name: string) => fill(parts[name] ?? '(?!)'));
  const kept = new Map<string, RegExp>();
  // compiled when first needed: most patients never write without a connection
  const expression = (source: string): RegExp => {
    const known = kept.get(source) ?? new RegExp(fill(source));
    kept.set(source, known);
    return known;
  };
  return {
    finds: (text) => {
      const tidy = tidyForDanger(text);
      return patterns.some((all) => all.every((source) => expression(source).test(tidy)));
    },
  };
}

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
