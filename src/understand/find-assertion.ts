import type { Assertion, AssertionKind } from '../model/words';
import { settleAssertion } from '../model/words';
import type { ContextCues } from './assertion/context-cues';
import { isAnsweredNo, isAnsweredYes, isDeniedBefore, isDeniedBeside, isTakenBack } from './assertion/denial';
import { hasEnded } from './assertion/ending';
import { beginsStatement, goesOnBehindMatter } from './assertion/own-statement';
import { isOf, isPast, otherPersons } from './assertion/past-and-others';
import { Scene } from './assertion/scene';
import { isBackNow, isForetold, isSetAside } from './assertion/set-aside';
import { isToldNo } from './assertion/told-no';
import { isDoubted, isSupposed } from './assertion/supposition';
import type { MatchInput, Span } from './cues';
import { findCues } from './find-cues';
import type { Message } from './read-message';

/** Context cues found in one message, ready to be asked about any span. */
export interface ContextFound {
  /** How the words around a sign hold it; a sign of several spans is there only when each of them is. */
  readonly kindOf: (spans: readonly Span[]) => AssertionKind;
  /** The same with every doubt settled: what may be there counts as there. */
  readonly assertionOf: (spans: readonly Span[]) => Assertion;
  /** Whether a sign stands in a statement of its own that begins without a mark behind what its sentence asks. */
  readonly isApart: (sign: Span) => boolean;
  /** Whether the words are part of a thing ("hot shower", "red wine") and so no sign. */
  readonly isThing: (spans: readonly Span[]) => boolean;
}

/** A message, how its words are matched, and where it names things to do or use. */
interface ToHold {
  readonly message: Message;
  readonly input: MatchInput;
  readonly matters: readonly Span[];
}

const MOST_TOKENS = 4096;

/** Finds the context of a message. Words inside a sign never deny that sign; doubt leaves it present. */
export function findContext(context: ContextCues, { message, input, matters }: ToHold): ContextFound {
  const found = unshielded(findSpans(context, input), message.tokens.length);
  const scene = new Scene(message, found.set('matter', [...matters].sort(byStart)));
  const known = new Map<number, AssertionKind>();
  const kindOf = (spans: readonly Span[]): AssertionKind => {
    const only = spans.length === 1 ? spans[0] : undefined;
    if (!only) return mostDoubtful(spans.map((span) => judge(scene, span, spans)));
    const key = only.start * MOST_TOKENS + only.end;
    const found = known.get(key) ?? judge(scene, only, spans);
    known.set(key, found);
    return found;
  };
  return {
    kindOf,
    assertionOf: (spans) => settleAssertion(kindOf(spans)),
    isApart: (sign) => {
      let at = sign.start - 1;
      while (at >= 0 && scene.sameSentence(at, sign.start) && !ASKS.has(scene.word(at))) at--;
      const asked = { start: at, end: at + 1 };
      if (!scene.sameSentence(at, sign.start)) return false;
      return beginsStatement(scene, asked, sign) || goesOnBehindMatter(scene, asked, sign);
    },
    isThing: (spans) => spans.some((span) => scene.over('thing', span).length > 0),
  };
}

/** Words with which a question begins. */
const ASKS = new Set('what whats how hows why when where which who is are do does did can could should would will may might'.split(' '));

/** What reaches back does so as a whole: the "is" of "is that over the limit" ends nothing. */
const BACKWARD = new Set(['negationBack', 'pastBack', 'otherBack']);

/** All context cues by kind; a mistyped word that may be "but" or "now" ends a denial as they do: in doubt a sign is there. */
function findSpans(context: ContextCues, input: MatchInput): Map<string, Span[]> {
  const found = new Map<string, Span[]>();
  for (const hit of findCues(context.cues, input)) {
    if (hit.owner === 'thing' && isApartByAnd(hit.spans, input)) continue;
    const runs = BACKWARD.has(hit.owner) ? [{ start: hit.spans[0]!.start, end: hit.spans.at(-1)!.end }] : hit.spans;
    const spans = found.get(hit.owner);
    if (spans) spans.push(...runs);
    else found.set(hit.owner, [...runs]);
  }
  const stops = input.tokens.flatMap(({ orMeant }, at) =>
    orMeant?.some(({ text }) => text === 'but' || text === 'now') ? [{ start: at, end: at + 1 }] : [],
  );
  if (stops.length > 0) found.set('stop', [...(found.get('stop') ?? []), ...stops]);
  for (const spans of found.values()) spans.sort(byStart);
  return found;
}

/** "red and light hurts it": two words with an "and" between them are no name of one thing. */
function isApartByAnd(spans: readonly Span[], { tokens }: MatchInput): boolean {
  return spans.some(({ end }, at) => spans[at + 1]?.start === end + 1 && tokens[end]!.text === 'and');
}

function byStart(a: Span, b: Span): number {
  return a.start - b.start || a.end - b.end;
}

/** Drops the cues that a pseudo-denial covers: the "not" of "not sure" denies nothing. */
function unshielded(found: ReadonlyMap<string, readonly Span[]>, length: number): Map<string, readonly Span[]> {
  const shields = found.get('pseudo') ?? [];
  if (shields.length === 0) return new Map(found);
  const covered = new Uint8Array(length + 1);
  for (const shield of shields) covered.fill(1, shield.start, shield.end);
  const isFree = (span: Span): boolean => !covered.subarray(span.start, span.end).every((mark) => mark === 1);
  const kept = new Map<string, readonly Span[]>();
  for (const [kind, spans] of found) kept.set(kind, SHIELDED.has(kind) ? spans.filter(isFree) : spans);
  return kept;
}

const SHIELDED = new Set([
  'negation',
  'negationBack',
  'negationBeside',
  'ended',
  'hypothetical',
  'worry',
  'hypotheticalBack',
  'past',
  'pastBack',
  'stop',
]);

/** The first kind that says the sign is not there; else the first doubt. */
function mostDoubtful(kinds: readonly AssertionKind[]): AssertionKind {
  return kinds.find((kind) => settleAssertion(kind) !== 'present') ?? kinds.find((kind) => kind !== 'present') ?? 'present';
}

const ARTICLES = new Set(['a', 'an', 'the', 'some']);

/** "like hot soup was thrown on me", "the color of red wine": what a sign is likened to is no thing that is there. */
function isLikened(scene: Scene, thing: Span): boolean {
  const at = ARTICLES.has(scene.word(thing.start - 1)) ? thing.start - 2 : thing.start - 1;
  // "looked like a burns victim" is a name as a whole
  if (scene.over('thing', { start: at, end: at + 1 }).length > 0) return false;
  return LIKENING.has(scene.word(at)) || (scene.word(at) === 'of' && /^(color|shade)$/.test(scene.word(at - 1)));
}

const LIKENING = new Set(['like', 'as']);

/** One sign's kind; `all` are the spans of its cue, which never speak about themselves. */
function judge(scene: Scene, sign: Span, all: readonly Span[]): AssertionKind {
  const outside = (cue: Span): boolean => !all.some((span) => cue.start < span.end && span.start < cue.end);
  // "not going down" denies "going down", though it denies no sign; "cant sleep" is a sign with its own denial, "in the past hour" none
  const start = Math.min(...all.map((span) => span.start));
  if (scene.over('pseudo', sign).some((pseudo) => pseudo.start < start && sign.end <= pseudo.end && scene.word(pseudo.start) !== 'in'))
    return 'absent';
  if (scene.over('idiom', sign).length > 0) return 'absent';
  if (scene.over('thing', sign).some((thing) => !isLikened(scene, thing))) return 'past';
  if (isAnsweredYes(scene, sign)) return 'present';
  if (isDeniedBefore(scene, sign, outside) || isAnsweredNo(scene, sign) || isDeniedBeside(scene, sign) || isTakenBack(scene, sign))
    return 'absent';
  if (isToldNo(scene, sign) || hasEnded(scene, sign, outside)) return 'absent';
  if (isSupposed(scene, sign, outside) || isForetold(scene, sign)) return 'hypothetical';
  if ((isPast(scene, sign, outside) || isSetAside(scene, sign)) && !isBackNow(scene, sign)) return 'past';
  if (isOf('animal', { scene, sign, outside })) return 'other_past';
  if (isOf('nonPatient', { scene, sign, outside })) return 'other_untreated';
  const theirs = otherPersons(scene, sign, outside);
  if (theirs) return theirs;
  return isDoubted(scene, sign, outside) ? 'uncertain' : 'present';
}
