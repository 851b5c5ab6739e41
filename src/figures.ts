import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';
import type { Lapse } from './escalation/audit';
import type { WatchFigures } from './escalation/watch-figures';
import type { Escalation } from './model/escalation';

/** The figures of an installation, as Prometheus reads them. Labels are ids of clinics, methods and codes, never words. */
export interface Figures extends WatchFigures {
  readonly contentType: string;
  text(): Promise<string>;
  audited(lapses: readonly Lapse[], open: readonly Escalation[], now: number): void;
  turn(disposition: string, failed: boolean): void;
}

const FIRST_PAGE_SECONDS = [0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10, 30, 60, 300];

/** Makes the figures; each installation in a process has its own. */
export function makeFigures(): Figures {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  const open = new Gauge({
    name: 'aftercare_escalations_open',
    help: 'Escalations that no human has closed',
    labelNames: ['tier', 'status'],
    registers,
  });
  const oldest = new Gauge({
    name: 'aftercare_oldest_unacknowledged_seconds',
    help: 'Age of the oldest page that nobody has acknowledged',
    registers,
  });
  const lapsed = new Gauge({
    name: 'aftercare_escalations_late',
    help: 'Escalations that are not where their clocks say',
    labelNames: ['why'],
    registers,
  });
  const firstPages = new Histogram({
    name: 'aftercare_first_page_seconds',
    help: 'From raising an escalation to a provider taking its first page',
    labelNames: ['drill'],
    buckets: FIRST_PAGE_SECONDS,
    registers,
  });
  const sendings = new Counter({
    name: 'aftercare_sendings_total',
    help: 'Messages handed to providers',
    labelNames: ['method', 'result', 'code'],
    registers,
  });
  const faults = new Counter({ name: 'aftercare_loop_faults_total', help: 'Rounds of the paging loop that failed', registers });
  const rounds = new Histogram({
    name: 'aftercare_loop_round_seconds',
    help: 'One round of the paging loop',
    buckets: [0.001, 0.005, 0.02, 0.1, 0.5, 2, 10],
    registers,
  });
  const turns = new Counter({
    name: 'aftercare_turns_total',
    help: 'Messages of patients that were answered',
    labelNames: ['disposition', 'failed'],
    registers,
  });
  return {
    contentType: registry.contentType,
    text: () => registry.metrics(),
    round: (ms) => rounds.observe(ms / 1000),
    fault: () => faults.inc(),
    firstPage: (_clinic, ms, isDrill) => firstPages.observe({ drill: String(isDrill) }, ms / 1000),
    sent: (method, result) => sendings.inc({ method, result: result.kind, code: result.kind === 'failed' ? result.code : '' }),
    turn: (disposition, failed) => turns.inc({ disposition, failed: String(failed) }),
    audited(lapses, unresolved, now) {
      const patients = unresolved.filter((escalation) => !escalation.isDrill);
      open.reset();
      for (const { tier, status } of patients) open.inc({ tier, status });
      const waiting = patients.filter(({ acknowledged, tier }) => !acknowledged && tier !== 'ask_clinic');
      oldest.set(waiting.length > 0 ? (now - Math.min(...waiting.map(({ raisedAt }) => raisedAt))) / 1000 : 0);
      lapsed.reset();
      for (const { why } of lapses) lapsed.inc({ why });
    },
  };
}
