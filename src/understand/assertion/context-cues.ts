import type { Language } from '../../model/knowledge';
import type { CueSet } from '../cues';
import type { CueReading } from '../compile-cues';
import { compileCues } from '../compile-cues';

/** The compiled cues of denial, supposition, doubt, past and other people. */
export interface ContextCues {
  readonly cues: CueSet;
}

/** What a context cue does; the lists stand under `context` in knowledge/language. */
export type ContextKind =
  | 'idiom'
  | 'thing'
  | 'nonPatient'
  | 'animal'
  | 'pseudo'
  | 'unsaid'
  | 'negation'
  | 'negationBack'
  | 'negationBeside'
  | 'ended'
  | 'relapse'
  | 'hypothetical'
  | 'hypotheticalNear'
  | 'worry'
  | 'hypotheticalBack'
  | 'uncertain'
  | 'uncertainBack'
  | 'past'
  | 'pastBack'
  | 'other'
  | 'otherBack'
  | 'hearsay'
  | 'belief'
  | 'rebuttal'
  | 'deed'
  | 'state'
  | 'stop'
  | 'again';

/** Compiles the context lists of a language, and those of other languages whose denials are known. */
export function compileContext(language: Language, reading: CueReading): ContextCues {
  const { context } = language;
  const own: Record<ContextKind, readonly string[]> = {
    idiom: context.idioms,
    thing: context.things,
    nonPatient: context.nonPatients,
    animal: context.animals,
    pseudo: context.pseudo,
    unsaid: context.unsaid,
    negation: context.negation.forward,
    negationBack: context.negation.backward,
    negationBeside: context.negation.beside,
    ended: context.negation.ended,
    relapse: context.relapse,
    hypothetical: context.hypothetical.forward,
    hypotheticalNear: context.hypothetical.near,
    worry: context.hypothetical.worry,
    hypotheticalBack: context.hypothetical.backward,
    uncertain: context.uncertain.forward,
    uncertainBack: context.uncertain.backward,
    past: context.past.forward,
    pastBack: context.past.backward,
    other: context.other.forward,
    otherBack: context.other.backward,
    hearsay: context.other.hearsay,
    belief: context.belief,
    rebuttal: context.rebuttal,
    deed: context.deeds,
    state: context.states,
    stop: context.stops,
    again: context.presentAgain,
  };
  const foreign = Object.values(language.foreign).flatMap(({ context: words }): [ContextKind, readonly string[]][] =>
    words
      ? [
          ['pseudo', words.pseudo],
          ['negation', words.negation.forward],
          ['negationBack', words.negation.backward],
          ['ended', words.negation.ended],
          ['hypothetical', words.hypothetical],
          ['uncertain', words.uncertain],
          ['other', words.other],
          ['stop', words.stops],
        ]
      : [],
  );
  // people are matched with any ending ("my aunts" for "my aunt's"), everything else as written
  const pairs = [...(Object.entries(own) as [ContextKind, readonly string[]][]), ...foreign].flatMap(([kind, cues]) =>
    cues.map((cue) => [kind, kind === 'other' ? cue : asWritten(cue)] as const),
  );
  return { cues: compileCues(pairs, reading) };
}

/** Context words match as written: "denies" is not "deny", "its" is not "it". Gaps, classes and alternatives stay. */
function asWritten(cue: string): string {
  const exact = (word: string): string => `=${word.replace(/^=/, '')}`;
  return cue
    .split(/\s+/)
    .map((word) => (word.includes('|') ? word.split('|').map(exact).join('|') : /^[\p{L}']+$/u.test(word) ? exact(word) : word))
    .join(' ');
}
