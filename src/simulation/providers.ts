import type { PageMethod } from '../model/clinic';
import type { Notifier, SendResult, StaffMessage } from '../model/escalation';
import type { Random } from './random';
import type { VirtualTime } from './virtual-time';

/** What the simulated providers are like. */
export interface ProviderWorld {
  readonly time: VirtualTime;
  readonly random: Random;
  readonly year: { readonly from: number; readonly until: number };
  /** A message was taken; what becomes of it is up to the listener. */
  readonly onTaken: (message: StaffMessage, method: PageMethod, providerId: string) => void;
  /** A report of the provider arrives: late, twice, or out of order. */
  readonly onReport: (providerId: string, status: 'sent' | 'delivered' | 'failed') => Promise<void>;
}

const MINUTE = 60_000;

/** Counts of what the providers did. */
export interface ProviderFigures {
  taken: number;
  failures: number;
  timeouts: number;
  outages: number;
}

/**
 * Phone, mail, Teams and webhook providers with outages of 5 to 60 minutes, single failures, time-outs, slow answers and reports that
 * come late, twice, in the wrong order or never.
 */
export function makeProviders(world: ProviderWorld): { notifiers: ReadonlyMap<PageMethod, Notifier>; figures: ProviderFigures } {
  const { time, random, year } = world;
  const figures: ProviderFigures = { taken: 0, failures: 0, timeouts: 0, outages: 0 };
  const outagesOf = (count: number): { from: number; until: number }[] =>
    Array.from({ length: count }, () => {
      figures.outages += 1;
      const from = year.from + random.next() * (year.until - year.from);
      return { from, until: from + (5 + random.below(56)) * MINUTE };
    });
  const days = (year.until - year.from) / (24 * 60 * MINUTE);
  const perYear = (count: number): number => Math.ceil((count * days) / 365);
  const telephone = outagesOf(perYear(6));
  const mail = outagesOf(perYear(6));
  const outages: Record<PageMethod, { from: number; until: number }[]> = {
    sms: telephone,
    voice: telephone,
    email: mail,
    teams: [],
    webhook: [],
  };
  let count = 0;
  const answer = (method: PageMethod, deadlineMs: number): { readonly afterMs: number; readonly result: SendResult | 'taken' } => {
    const isDown = outages[method].some(({ from, until }) => time.now >= from && time.now < until);
    if (isDown) return random.chance(0.5) ? { afterMs: deadlineMs, result: timeout() } : { afterMs: 50, result: failed('503', false) };
    if (random.chance(0.0005)) return { afterMs: deadlineMs, result: timeout() };
    if (random.chance(0.004)) return { afterMs: 100, result: failed('20429', false) };
    if (random.chance(0.001)) return { afterMs: 100, result: failed('21614', true) };
    return { afterMs: 40 + random.waiting(120), result: 'taken' };
  };
  const failed = (code: string, permanent: boolean): SendResult => {
    figures.failures += 1;
    return { kind: 'failed', permanent, code };
  };
  const timeout = (): SendResult => {
    figures.timeouts += 1;
    return { kind: 'failed', permanent: false, code: 'timeout' };
  };
  const take = (message: StaffMessage, method: PageMethod): SendResult => {
    figures.taken += 1;
    count += 1;
    const providerId = `P${count}`;
    world.onTaken(message, method, providerId);
    if (message.what.kind === 'page') plan(providerId);
    return { kind: 'sent', providerId };
  };
  const plan = (providerId: string): void => {
    if (random.chance(0.01)) return;
    const status = random.chance(0.99) ? 'delivered' : 'failed';
    const afterMs = 500 + random.waiting(5000);
    time.after(afterMs, () => world.onReport(providerId, status));
    if (random.chance(0.05)) time.after(afterMs + random.waiting(60_000), () => world.onReport(providerId, status));
    if (random.chance(0.05)) time.after(afterMs + random.waiting(10_000), () => world.onReport(providerId, 'sent'));
  };
  const notifiers = (['sms', 'voice', 'email', 'teams', 'webhook'] as const).map((method): [PageMethod, Notifier] => [
    method,
    {
      method,
      send: (message, deadlineMs) =>
        new Promise((resolve) => {
          const { afterMs, result } = answer(method, deadlineMs);
          time.after(afterMs, () => resolve(result === 'taken' ? take(message, method) : result));
        }),
    },
  ]);
  return { notifiers: new Map(notifiers), figures };
}
