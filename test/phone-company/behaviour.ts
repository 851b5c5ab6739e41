/** How the phone company treats what it is given, for one number or for all. */
export interface Behaviour {
  /** Refuses at once, such as `{ status: 400, code: 21610 }`. */
  readonly refuse?: { readonly status: number; readonly code: number };
  /** Never answers the request; `taken` after it has taken the text or call, `lost` without. */
  readonly hangs?: 'taken' | 'lost';
  /** What becomes of a text: delivered, or undelivered with a code such as 30003. */
  readonly fate?: { readonly status: 'delivered' | 'undelivered' | 'failed'; readonly code?: number };
  /** What becomes of a call that nobody takes. */
  readonly ring?: 'no-answer' | 'busy' | 'failed';
  /** How status callbacks come; late is ten minutes after. */
  readonly callbacks?: 'usual' | 'none' | 'late' | 'twice' | 'reordered';
}

/** The moods of the phone company: per number, for all, opted-out numbers, and whether it is down. */
export interface Mood {
  of(number: string): Behaviour;
  set(behaviour: Behaviour, number: string): void;
  goDown(ms: number): void;
  /** Until when it is down; in the past when it is not. */
  readonly downUntil: number;
  /** Acts on a text as Twilio does, and says as what. */
  hear(from: string, to: string, text: string): 'STOP' | 'START' | 'HELP' | null;
  /** Whether `to` wants no texts from `from`. */
  hasOptedOut(to: string, from: string): boolean;
}

const KEYWORDS = {
  STOP: /^(stop|stopall|unsubscribe|cancel|end|quit|revoke|optout)$/i,
  START: /^(start|yes|unstop)$/i,
  HELP: /^(help|info)$/i,
} as const;

/** Makes the moods of a phone company. */
export function makeMood(now: () => number): Mood {
  const behaviours = new Map<string, Behaviour>();
  const optedOut = new Set<string>();
  let downUntil = -Infinity;
  return {
    of: (number) => behaviours.get(number) ?? behaviours.get('') ?? {},
    set: (behaviour, number) => void behaviours.set(number, behaviour),
    goDown: (ms) => void (downUntil = now() + ms),
    get downUntil() {
      return downUntil;
    },
    hear(from, to, text) {
      const keyword = (['STOP', 'START', 'HELP'] as const).find((word) => KEYWORDS[word].test(text.trim())) ?? null;
      const pair = `${from} ${to}`;
      if (keyword === 'STOP') optedOut.add(pair);
      if (keyword === 'START' && !optedOut.delete(pair)) return null;
      return keyword;
    },
    hasOptedOut: (to, from) => optedOut.has(`${to} ${from}`),
  };
}
