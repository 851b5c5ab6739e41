import type { Knowledge } from '../model/knowledge';
import type { DangerWords } from '../model/web-edge';
import { stemOf } from './tokens';

const SHORT_ENDINGS = '(?:s|es|ed|d|ing)?';
/** Between the words of a cue: up to three small words; in a gap, up to four of any kind. */
const LIGHT = '(?:<light> ){0,3}';
const GAP = '(?:[^ ]+ ){0,4}';

/** A text as the patterns expect it: lower case, no apostrophes, words apart by one space. The page tidies messages the same way. */
export function tidyForDanger(text: string): string {
  const plain = text.normalize('NFKC').toLowerCase();
  return ` ${plain.replace(/['\u2018\u2019`]/g, '').replace(/[^\p{L}\p{N}]+/gu, ' ')} `;
}

/** "breathing" as its stem with any ending; "dizzy" also as "dizziness". */
function wordPattern(word: string): string {
  const plain = tidyForDanger(word).trim();
  if (plain === '') return '';
  if (word.startsWith('=')) return plain;
  return plain
    .split(' ')
    .map((piece) => {
      const stem = stemOf(piece);
      if (piece.length <= 3 || stem.length <= 3) return piece.length <= 3 ? piece : `${piece}${SHORT_ENDINGS}`;
      return `${stem.replace(/[iy]$/, '[iy]')}[a-z]*`;
    })
    .join(' ');
}

function elementPattern(piece: string): string {
  const alternatives = piece.replace(/"/g, '').split('|').filter(Boolean);
  const patterns = alternatives.map((one) => {
    const name = /^\{(\w+)\}$/.exec(one)?.[1];
    if (name !== undefined) return `<${name}>`;
    const word = wordPattern(one);
    return word === '' ? '' : `${word} `;
  });
  const known = patterns.filter((pattern) => pattern !== '');
  return known.length === 0 ? '' : known.length === 1 ? known[0]! : `(?:${known.join('|')})`;
}

/** One run of words of a cue as a regular expression; every word brings the space after it. */
function runPattern(run: string, light: ReadonlySet<string>): string {
  const pieces = run.split(/\s+/).filter(Boolean);
  let pattern = '';
  pieces.forEach((piece, at) => {
    if (piece === '_') {
      if (pattern !== '' && at < pieces.length - 1) pattern += GAP;
      return;
    }
    const element = elementPattern(piece);
    if (element === '') return;
    const isOptional = at > 0 && at < pieces.length - 1 && light.has(piece);
    const isAfterGap = pieces[at - 1] === '_';
    pattern += `${pattern === '' || isAfterGap ? '' : LIGHT}${isOptional ? `(?:${element})?` : element}`;
  });
  return pattern;
}

/** A cue as one expression; one of several runs needs all of them, in any order. */
function cuePattern(cue: string, light: ReadonlySet<string>): string {
  const runs = cue
    .split(' + ')
    .map((run) => runPattern(run, light))
    .filter((pattern) => pattern !== '');
  return runs.length > 1 ? runs.map((run) => `(?=.* ${run})`).join('') : runs.map((run) => ` ${run}`).join('');
}

function anyOf(patterns: readonly string[]): string {
  return `(?:${[...new Set(patterns)].filter((pattern) => pattern !== '').join('|')})`;
}

/**
 * Writes the emergencies of knowledge/ as regular expressions that a browser can check by itself: every rule that calls a sign, or
 * some together, an emergency. It hears less than the server does (no typos, no measures, no statistics) and sees a danger in more
 * (no denial, no exceptions); it is asked only when the server cannot be reached.
 */
export function compileDangerWords(knowledge: Knowledge): DangerWords {
  const { language } = knowledge;
  const light = new Set(language.light.map((word) => word.replace(/[='"]/g, '')));
  const parts: Record<string, string> = { light: anyOf([...light].map((word) => tidyForDanger(word).trim())) };
  // a class stands inside a run, so its entries do without the space before them
  for (const [name, entries] of Object.entries(language.classes)) parts[name] = anyOf(entries.map((entry) => runPattern(entry, light)));
  const patterns: string[][] = [];
  for (const flag of knowledge.flags.values()) {
    if (flag.tier !== 'emergency') continue;
    for (const rule of flag.rules) {
      if (rule.tier || rule.hours || rule.all.some((sign) => sign.startsWith('@'))) continue;
      for (const sign of rule.all)
        parts[`${flag.id}_${sign}`] ??= anyOf((flag.words.signs[sign] ?? []).map((cue) => cuePattern(cue, light)));
      patterns.push(rule.all.map((sign) => `<${flag.id}_${sign}>`));
    }
  }
  return { version: knowledge.version, parts: onlyUsed(parts, patterns.flat()), patterns };
}

/** Leaves out the parts that nothing names. */
function onlyUsed(parts: Readonly<Record<string, string>>, from: readonly string[]): Record<string, string> {
  const used: Record<string, string> = {};
  const follow = (source: string): void => {
    for (const [, name = ''] of source.matchAll(/<(\w+)>/g)) {
      const part = parts[name];
      if (part === undefined || name in used) continue;
      used[name] = part;
      follow(part);
    }
  };
  from.forEach(follow);
  return used;
}
