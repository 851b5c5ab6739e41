import type { PageMethod } from '../model/clinic';
import type { Escalation, Notifier } from '../model/escalation';
import { reasonOf } from '../tools/errors';
import type { Log } from '../tools/log';
import type { ApplyDeps } from './apply';
import { applyChange } from './apply';
import { nextStep } from './next-step';
import type { SendDeps } from './send';
import { sendAll } from './send';
import type { WatchFigures } from './watch-figures';

/** What the loop needs. */
export interface WatchDeps extends ApplyDeps, Pick<SendDeps, 'linkOf' | 'pushPatient' | 'endWait'> {
  readonly notifiers: ReadonlyMap<PageMethod, Notifier>;
  readonly log: Log;
  readonly figures: WatchFigures;
}

/** The loop that looks after escalations and lets pages out. */
export interface Watch {
  /** Does everything that is due now and waits for what it sent; returns when something is due next. For tests, simulations, dry runs. */
  tick(): Promise<number | null>;
  /** One round without waiting for what it begins to send; returns how much it found to do. For simulations of slow providers. */
  round(): Promise<number>;
  /** Runs on its own until stopped. */
  start(): void;
  /** Something was stored that may be due: look at once. */
  wake(): void;
  /** Lets what is being sent finish. */
  stop(): Promise<void>;
  /** When the loop last went round; null before it did. */
  readonly lastRoundAt: number | null;
}

/** How long an escalation stays with the process that looks at it; a killed one delays a page by at most this. */
const LOOK_LEASE_MS = 5000;
const LOOKS_AT_ONCE = 50;
/** The loop goes round at least this often: other replicas' work is found by polling, and wake-ups are only hints. */
const POLL_MS = 500;
const PAUSE_AFTER_FAULT_MS = 1000;
/** Sendings in flight at once, in all and for one clinic, so that a provider that hangs at one clinic leaves room for the others. */
const MOST_SENDING = 128;
const MOST_SENDING_PER_CLINIC = 16;

/** Makes the loop. */
export function makeWatch(deps: WatchDeps): Watch {
  return new RunningWatch(deps);
}

class RunningWatch implements Watch {
  lastRoundAt: number | null = null;
  private readonly sending = new Map<Promise<void>, string>();
  private isStopped = true;
  private running: Promise<void> = Promise.resolve();
  private wakeUp: (() => void) | undefined;
  private isWoken = false;

  constructor(private readonly deps: WatchDeps) {}

  async tick(): Promise<number | null> {
    for (;;) {
      const looked = await this.lookAtDue();
      const begun = await this.beginSendings();
      await Promise.all(this.sending.keys());
      this.lastRoundAt = this.deps.clock();
      if (looked + begun > 0) continue;
      return this.deps.store.nextDueAt();
    }
  }

  async round(): Promise<number> {
    const worked = (await this.lookAtDue()) + (await this.beginSendings());
    this.lastRoundAt = this.deps.clock();
    return worked;
  }

  start(): void {
    if (!this.isStopped) return;
    this.isStopped = false;
    this.running = this.run();
  }

  wake(): void {
    this.isWoken = true;
    this.wakeUp?.();
  }

  async stop(): Promise<void> {
    this.isStopped = true;
    this.wake();
    await this.running;
    await Promise.all(this.sending.keys());
  }

  private async run(): Promise<void> {
    while (!this.isStopped) {
      let pauseMs = POLL_MS;
      try {
        this.isWoken = false;
        const began = this.deps.clock();
        const worked = (await this.lookAtDue()) + (await this.beginSendings());
        this.lastRoundAt = this.deps.clock();
        this.deps.figures.round(this.lastRoundAt - began);
        const nextAt = worked > 0 ? this.lastRoundAt : await this.deps.store.nextDueAt();
        pauseMs = nextAt === null ? POLL_MS : Math.min(POLL_MS, Math.max(worked > 0 ? 0 : 5, nextAt - this.deps.clock()));
        // What is due but cannot begin yet (all places taken, or leased elsewhere) is found by polling.
        if (worked === 0 && nextAt !== null && nextAt <= this.deps.clock()) pauseMs = this.sending.size > 0 ? 50 : POLL_MS;
      } catch (error) {
        this.deps.log.error({ err: error }, 'the paging loop failed and tries again');
        this.deps.figures.fault();
        pauseMs = PAUSE_AFTER_FAULT_MS;
      }
      await this.pause(pauseMs);
    }
  }

  private pause(ms: number): Promise<void> {
    if (this.isWoken || this.isStopped) return Promise.resolve();
    return new Promise((resolve) => {
      const timer = setTimeout(done, ms);
      this.wakeUp = done;
      function done(): void {
        clearTimeout(timer);
        resolve();
      }
    });
  }

  /** Looks at every escalation whose moment has come. One that fails is left to its lease and the auditor; the others go on. */
  private async lookAtDue(): Promise<number> {
    const { store, clock, log } = this.deps;
    const due = await store.claimDue(clock(), { limit: LOOKS_AT_ONCE, leaseMs: LOOK_LEASE_MS });
    for (const escalation of due) {
      try {
        await this.lookAt(escalation);
      } catch (error) {
        log.error({ err: error, escalation: escalation.id, why: reasonOf(error) }, 'looking at an escalation failed');
        this.deps.figures.fault();
      }
    }
    return due.length;
  }

  private async lookAt({ id }: Escalation): Promise<void> {
    await applyChange(this.deps, id, (escalation, clinic, now) => ({ change: nextStep(escalation, clinic, now) }));
  }

  private async beginSendings(): Promise<number> {
    const { store, clock } = this.deps;
    const room = MOST_SENDING - this.sending.size;
    if (room <= 0) return 0;
    const perClinic = new Map<string, number>();
    for (const clinicId of this.sending.values()) perClinic.set(clinicId, (perClinic.get(clinicId) ?? 0) + 1);
    const fullClinics = [...perClinic].filter(([, count]) => count >= MOST_SENDING_PER_CLINIC).map(([clinicId]) => clinicId);
    const claimed = await store.claimSendings(clock(), { limit: Math.min(room, 16), leaseMs: this.leaseMs(), fullClinics });
    for (const { clinicId, run } of sendAll(this.deps, claimed)) {
      const task = run().catch((error: unknown) => {
        this.deps.log.error({ err: error }, 'sending failed on our side; its lease brings it back');
        this.deps.figures.fault();
      });
      this.sending.set(task, clinicId);
      void task.finally(() => {
        this.sending.delete(task);
        this.wake();
      });
    }
    return claimed.length;
  }

  /** Longer than the longest deadline of any clinic, so that a slow provider is not asked twice. */
  private leaseMs(): number {
    return Math.max(10_000, ...this.deps.clinics.all().map((clinic) => clinic.clocks.sendDeadline)) + 5000;
  }
}
