import { readKeyword } from '../../../../src/channels/sms/opt-words';

/** A text as the phone company has it, and what becomes of its webhook. */
export interface Text {
  readonly sid: string;
  readonly from: string;
  readonly body: string;
  /** Milliseconds after the start. */
  readonly sentAt: number;
  /** When copies of its webhook reach us; none: never. */
  readonly arrivesAt: readonly number[];
}

/** What patients write in one story, and how it comes through. */
export interface Schedule {
  readonly texts: readonly Text[];
  /** When the process dies and is started anew. */
  readonly crashesAt: readonly number[];
  /** The share of turns that are stored and then not finished, because the process died there. */
  readonly faults: number;
  /** The share of sends that Twilio is too busy for. */
  readonly busy: number;
  readonly endsAt: number;
  /** Patients of whom a danger came in parts: what comes first is answered first, so that their words may stand in another order. */
  readonly cut: ReadonlySet<string>;
}

/** Numbers from 0 to 1 that are the same for the same seed. */
export type Random = () => number;

/** Mulberry32. */
export function makeRandom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Thoughts of one patient are further apart than any delay, so that their order is known whatever happens on the way. */
const APART_MS = 150_000;
const LONGEST_DELAY_MS = 6_000;
/** Twilio tries again after this at the latest. */
const RETRY_MS = 20_000;

const SINGLES = [
  'can i wear makeup',
  'DANGER pus',
  'ok thanks',
  'gym tomorrow?',
  'STOP',
  'START',
  'YES',
  'HELP',
  'please stop texting me',
  'stop the bleeding DANGER',
  '1',
];

/** Makes a story of one to three patients and everything that happens to their texts. */
export function makeSchedule(seed: number): Schedule {
  const random = makeRandom(seed);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
  const texts: Text[] = [];
  const cut = new Set<string>();
  const patients = 1 + Math.floor(random() * 3);
  let count = 0;
  for (let patient = 0; patient < patients; patient++) {
    const from = `+1555010020${patient}`;
    let at = Math.floor(random() * APART_MS);
    for (let thoughts = 1 + Math.floor(random() * 4); thoughts > 0; thoughts--) {
      const size = random() < 0.3 ? 2 + Math.floor(random() * 2) : 1;
      const isDanger = random() < 0.2;
      const isMissed = random() < 0.15;
      if (size > 1 && isDanger) cut.add(from);
      for (let place = 1; place <= size; place++) {
        const words = `word${count}${isDanger && place === size ? ' DANGER' : ''}`;
        const body = size > 1 ? `(${place}/${size}) ${words}` : pick(SINGLES);
        const sid = `SM${(count += 1).toString(16).padStart(32, '0')}`;
        texts.push({ sid, from, body, sentAt: at + place, arrivesAt: isMissed ? [] : arrivals(random, at + place) });
      }
      at += APART_MS + Math.floor(random() * APART_MS);
    }
  }
  const endsAt = Math.max(...texts.map(({ sentAt }) => sentAt)) + APART_MS;
  const crashesAt = random() < 0.3 ? [Math.floor(random() * endsAt)] : [];
  return { texts, crashesAt, faults: random() < 0.3 ? 0.3 : 0, busy: random() < 0.3 ? 0.3 : 0, endsAt, cut };
}

/** The same story on a perfect day. */
export function perfect({ texts, endsAt, cut }: Schedule): Schedule {
  return { texts: texts.map((text) => ({ ...text, arrivesAt: [text.sentAt] })), crashesAt: [], faults: 0, busy: 0, endsAt, cut };
}

function arrivals(random: Random, sentAt: number): number[] {
  const first = sentAt + Math.floor(random() * LONGEST_DELAY_MS);
  const copies = random() < 0.4 ? 1 + Math.floor(random() * 3) : 0;
  return [first, ...Array.from({ length: copies }, () => first + Math.floor(random() * RETRY_MS))];
}

/** What Twilio says beside a text, as far as it does here. */
export function optOutTypeOf(body: string): 'STOP' | null {
  return readKeyword(body) === 'stop' ? 'STOP' : null;
}
