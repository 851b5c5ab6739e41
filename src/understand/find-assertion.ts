import type { Language } from '../model/knowledge';
import type { Assertion } from '../model/words';
import type { CueSet, MatchInput, Span } from './cues';
import { compileCues, findCues } from './cues';
import type { Message } from './read-message';
import type { Token } from './tokens';

/** The compiled cues of denial, supposition, past and other people. */
export interface ContextCues {
  readonly cues: CueSet;
}

/** Context cues found in one message, ready to be asked about any span. */
export interface ContextFound {
  assertionOf(spans: readonly Span[]): Assertion;
}

type Kind =
  | 'idiom'
  | 'thing'
  | 'nonPatient'
  | 'pseudo'
  | 'negation'
  | 'negationBack'
  | 'hypothetical'
  | 'worry'
  | 'hypotheticalBack'
  | 'past'
  | 'pastBack'
  | 'other'
  | 'otherBack'
  | 'stop'
  | 'again';

/** Compiles the context lists of a language. */
export function compileContext(language: Language, prepare: (words: string) => readonly Token[]): ContextCues {
  const { context } = language;
  const lists: Record<Kind, readonly string[]> = {
    idiom: context.idioms,
    thing: context.things,
    nonPatient: context.nonPatients,
    pseudo: context.pseudo,
    negation: context.negation.forward,
    negationBack: context.negation.backward.filter((cue) => /^[a-z]/.test(cue)),
    hypothetical: context.hypothetical.forward,
    worry: context.hypothetical.worry,
    hypotheticalBack: context.hypothetical.backward,
    past: context.past.forward,
    pastBack: context.past.backward,
    other: context.other.forward,
    otherBack: context.other.backward,
    stop: context.stops,
    again: context.presentAgain,
  };
  // people are matched with any ending ("my aunts" for "my aunt's"), everything else as written
  const pairs = Object.entries(lists).flatMap(([kind, cues]) => cues.map((cue) => [kind, kind === 'other' ? cue : exactly(cue)] as const));
  return { cues: compileCues(pairs, prepare) };
}

/** Context words match as written: "denies" is not "deny", "its" is not "it". Gaps, classes and alternatives stay. */
function exactly(cue: string): string {
  return cue
    .split(/\s+/)
    .map((word) =>
      /^[a-z']+$/.test(word)
        ? `=${word}`
        : word.includes('|')
          ? word
              .split('|')
              .map((w) => `=${w.replace(/^=/, '')}`)
              .join('|')
          : word,
    )
    .join(' ');
}

const INTERJECTION_FOLLOWERS = new Set(
  'i im ive it its there theres he shes she hes my the this that thats we they you but just can is are so because what why how'.split(' '),
);
const POINTERS = new Set(
  'this these that those the my all some it its i im ive theres there when his her is are has have having keeps'.split(' '),
);
const BECOMING = new Set('get getting gets become becoming becomes develop developing'.split(' '));
const FINITE_VERBS = new Set(
  'is are was has have had feels feel looks look got keeps hurts hurt itches burns smells stings says think thinks started starts can need want isnt arent came comes'.split(
    ' ',
  ),
);
const PRESENT_VERBS = new Set('is are has shes hes keeps looks feels now currently still just right currently having cant wont'.split(' '));
const PAST_VERBS = new Set('had got was were did went ended hers theirs said thinks told swears used when'.split(' '));
const REACH = { not: 6, list: 14, back: 4, past: 10 } as const;
/** "the rash has gone onto my ears" is not gone. */
const GOES_ON = new Set(
  'onto to into up down from past through over beyond green yellow black purple grey gray white numb hard septic bad wrong hot'.split(' '),
);
/** An item of a denied list: "no pus, bad smell or chills". */
const LIST_ITEM_WORDS = 2;
/** No cue reaches further than this many words, so that long messages stay cheap to read. */
const FURTHEST = 40;
const MOST_TOKENS = 4096;

/** Finds the context of a message. Words inside a sign never deny that sign; doubt leaves it `present`. */
export function findContext(context: ContextCues, message: Message, input: MatchInput): ContextFound {
  const found = new Map<string, Span[]>();
  for (const hit of findCues(context.cues, input)) {
    const spans = found.get(hit.owner);
    if (spans) spans.push(...hit.spans);
    else found.set(hit.owner, [...hit.spans]);
  }
  const shields = found.get('pseudo') ?? [];
  const shielded = new Uint8Array(message.tokens.length + 1);
  for (const shield of shields) shielded.fill(1, shield.start, shield.end);
  const isShielded = (span: Span): boolean =>
    shields.length > 0 && shielded.subarray(span.start, span.end).every((covered) => covered === 1);
  const byKind = new Map<string, readonly Span[]>();
  for (const [kind, spans] of found) byKind.set(kind, kind === 'pseudo' ? spans : spans.filter((span) => !isShielded(span)));
  const finder = new Finder(message, (kind) => byKind.get(kind) ?? []);
  return { assertionOf: (spans) => finder.assertionOfAll(spans) };
}

class Finder {
  private readonly known = new Map<number, Assertion>();
  private stops: ReadonlySet<number> | undefined;

  constructor(
    private readonly message: Message,
    private readonly spansOf: (kind: Kind) => readonly Span[],
  ) {}

  assertionOfAll(spans: readonly Span[]): Assertion {
    const only = spans.length === 1 ? spans[0] : undefined;
    if (!only) return this.firstDoubt(spans);
    const key = only.start * MOST_TOKENS + only.end;
    const known = this.known.get(key);
    if (known) return known;
    const assertion = this.assertionOf(only, spans);
    this.known.set(key, assertion);
    return assertion;
  }

  private firstDoubt(spans: readonly Span[]): Assertion {
    for (const span of spans) {
      const assertion = this.assertionOf(span, spans);
      if (assertion !== 'present') return assertion;
    }
    return 'present';
  }

  private assertionOf(sign: Span, all: readonly Span[]): Assertion {
    // "not going down" denies "going down", though it denies no sign; "cant sleep" is a sign with its own denial
    if (this.spansOf('pseudo').some((pseudo) => pseudo.start < sign.start && sign.end <= pseudo.end)) return 'absent';
    if (this.spansOf('idiom').some((idiom) => idiom.start < sign.end && sign.start < idiom.end)) return 'absent';
    if (this.spansOf('thing').some((thing) => thing.start < sign.end && sign.start < thing.end)) return 'past';
    const outside = (cue: Span): boolean => !all.some((span) => cue.start < span.end && span.start < cue.end);
    if (this.spansOf('negation').some((cue) => outside(cue) && this.negates(cue, sign))) return 'absent';
    if (this.answeredNo(sign)) return 'absent';
    if (this.spansOf('negationBack').some((cue) => outside(cue) && this.reachesBack(cue, sign, REACH.back))) return 'absent';
    if (this.spansOf('hypothetical').some((cue) => outside(cue) && this.supposes(cue, sign))) return 'hypothetical';
    if (this.spansOf('worry').some((cue) => outside(cue) && this.supposes(cue, sign) && this.isEmptyFear(cue, sign))) return 'hypothetical';
    if (this.spansOf('hypotheticalBack').some((cue) => outside(cue) && this.reachesBack(cue, sign, REACH.not))) return 'hypothetical';
    if (this.isPast(sign, outside) || this.namesYear(sign)) return 'past';
    if (this.spansOf('nonPatient').some((cue) => outside(cue) && this.belongsTo(cue, sign))) return 'other_untreated';
    if (this.spansOf('other').some((cue) => outside(cue) && this.isSomeoneElsesPast(cue, sign))) return 'other_past';
    if (this.spansOf('otherBack').some((cue) => outside(cue) && this.reachesBack(cue, sign, REACH.not))) return 'other_past';
    return 'present';
  }

  /** "no fever", "dont have pus, chills or swelling"; not "no, it is bleeding", not past "but" or a new statement. */
  private negates(cue: Span, sign: Span): boolean {
    if (!this.precedes(cue, sign)) return false;
    const first = this.message.tokens[cue.start];
    const after = this.message.tokens[cue.end];
    if (
      first?.text === 'no' &&
      cue.end - cue.start === 1 &&
      (after === undefined || after.kind === 'mark' || INTERJECTION_FOLLOWERS.has(after.text))
    )
      return false;
    let words = 0;
    let listed = false;
    for (let at = cue.end; at < sign.start; at++) {
      const token = this.message.tokens[at]!;
      if (this.stopsAt(at, cue.end)) return false;
      if (token.text === ',' || token.text === '-' || token.text === '(' || token.text === ')') {
        if (!this.continuesList(at + 1)) return false;
        listed = true;
      } else if (token.text === 'and' || token.text === 'or' || token.text === 'nor') {
        if (token.text === 'and' && !this.continuesList(at + 1)) return false;
        listed = true;
      } else words++;
    }
    return words < (listed ? REACH.list : REACH.not);
  }

  /** Whether what follows a comma or "and" is one more item of a denied list: a word or two, no statement of its own ("pus on my chin"). */
  private continuesList(from: number): boolean {
    for (let at = from; at <= from + LIST_ITEM_WORDS; at++) {
      const token = this.message.tokens[at];
      if (!token || token.kind === 'mark' || token.text === 'and' || token.text === 'or' || this.stopsAt(at, from)) return true;
      if (FINITE_VERBS.has(token.text)) return false;
    }
    return false;
  }

  /** "fever? no", "pus: none". */
  private answeredNo(sign: Span): boolean {
    const mark = this.message.tokens[sign.end];
    const answer = this.message.tokens[sign.end + 1];
    const after = this.message.tokens[sign.end + 2];
    if (!mark || !answer || !['?', ':', '=', '-', '('].includes(mark.text)) return false;
    return (
      ['no', 'none', 'nope', 'negative', 'zero', 'nil'].includes(answer.text) &&
      (after === undefined || after.kind === 'mark' || !INTERJECTION_FOLLOWERS.has(after.text))
    );
  }

  private reachesBack(cue: Span, sign: Span, reach: number): boolean {
    if (cue.start < sign.end || cue.start - sign.end > FURTHEST || !this.sameSentence(cue.start, sign.start)) return false;
    let words = 0;
    for (let at = sign.end; at < cue.start; at++) {
      const token = this.message.tokens[at]!;
      if (token.text === 'but' || token.text === 'however' || (token.kind === 'mark' && token.text !== ',')) return false;
      if (token.text === ',' && at !== cue.start - 1) return false;
      words++;
    }
    const isGoingOn = this.message.tokens[cue.end - 1]?.text === 'gone' && GOES_ON.has(this.message.tokens[cue.end]?.text ?? '');
    return words <= reach && !isGoingOn;
  }

  private supposes(cue: Span, sign: Span): boolean {
    if (!this.precedes(cue, sign)) return false;
    for (let at = cue.end; at < sign.start; at++)
      if (['but', 'however', 'because', 'since', 'now', 'today', 'currently'].includes(this.message.tokens[at]!.text)) return false;
    return true;
  }

  private isEmptyFear(cue: Span, sign: Span): boolean {
    const between = this.message.tokens.slice(cue.end, sign.start).map((token) => token.text);
    if (between.slice(-2).some((word) => BECOMING.has(word))) return true;
    return !between.some((word) => POINTERS.has(word));
  }

  private isPast(sign: Span, outside: (cue: Span) => boolean): boolean {
    const again = this.spansOf('again');
    const forward = this.spansOf('past').some((cue) => {
      if (!outside(cue) || !this.precedes(cue, sign)) return false;
      const clear = (span: Span): boolean => span.start < cue.end || span.start >= sign.start;
      const butBetween = this.message.tokens.slice(cue.end, sign.start).some((token) => token.text === 'but');
      return again.every(clear) && !butBetween;
    });
    return forward || this.spansOf('pastBack').some((cue) => outside(cue) && this.reachesBack(cue, sign, REACH.past));
  }

  /** "in 2016", "in the 90s": a year makes a sentence past unless it comes back to now. */
  private namesYear(sign: Span): boolean {
    const { tokens } = this.message;
    const at = tokens.findIndex(
      (token, index) =>
        this.sameSentence(index, sign.start) &&
        token.kind === 'number' &&
        (/^(19|20)\d\d$/.test(token.text) || (/^[5-9]0$/.test(token.text) && tokens[index + 1]?.text === 's')),
    );
    return at >= 0 && !this.spansOf('again').some((span) => this.sameSentence(span.start, sign.start));
  }

  /** "my toddler has a fever": the sign follows its owner without a word about the patient in between. */
  private belongsTo(cue: Span, sign: Span): boolean {
    if (!this.precedes(cue, sign)) return false;
    return !this.message.tokens.slice(cue.end, sign.start).some((token) => ['my', 'i', 'im', 'ive', 'me', 'but'].includes(token.text));
  }

  /** "my sister had an infection after hers"; another person's sign that is there now counts as present. */
  private isSomeoneElsesPast(cue: Span, sign: Span): boolean {
    if (!this.precedes(cue, sign)) return false;
    const { tokens } = this.message;
    const between = tokens.slice(cue.end, sign.start).map((token) => token.text);
    if (between.includes('but') || between.includes('my') || between.includes('i')) return false;
    const markAfter = tokens.findIndex((token, at) => at >= sign.end && (token.kind === 'mark' || token.text === 'but'));
    const told = tokens.slice(cue.end, markAfter < 0 ? tokens.length : markAfter).map((token) => token.text);
    const pastTold = told.some((word) => PAST_VERBS.has(word));
    const justNow = told.some((word) => PRESENT_VERBS.has(word));
    const who = tokens[cue.start]!.text;
    const hearsay = ['people', 'patients', 'everyone', 'anyone', 'reddit', 'tiktok', 'online', 'on', 'some', 'other', 'kim'].includes(who);
    return hearsay || (pastTold && !justNow);
  }

  private precedes(cue: Span, sign: Span): boolean {
    return cue.end <= sign.start && sign.start - cue.end <= FURTHEST && this.sameSentence(cue.start, sign.start);
  }

  private stopsAt(at: number, cueEnd: number): boolean {
    this.stops ??= new Set(this.spansOf('stop').map((stop) => stop.start));
    return at >= cueEnd && this.stops.has(at);
  }

  private sameSentence(a: number, b: number): boolean {
    return this.message.sentenceOf[a] === this.message.sentenceOf[b];
  }
}
