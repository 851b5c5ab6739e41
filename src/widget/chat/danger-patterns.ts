import type { DangerWords } from '../../model/web-edge';

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
