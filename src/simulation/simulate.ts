import { findLapses } from '../escalation/audit';
import { answerReached, raise, repeat } from '../escalation/life';
import { applyChange } from '../escalation/apply';
import { makeStaffDesk } from '../escalation/staff-desk';
import { makeWatch } from '../escalation/watch';
import type { ClinicBook } from '../model/clinic';
import type { AddedMessage, Escalation, StaffMessage, Tier } from '../model/escalation';
import { NO_REPLY } from '../model/escalation';
import { makeMemoryEscalationStore } from '../storage/memory-escalations';
import { silentLog } from '../tools/log';
import type { SimulatedClinic } from './clinics';
import { makeClinic } from './clinics';
import { makeProviders } from './providers';
import { makeRandom } from './random';
import type { PlantedBug } from './planted-bugs';
import { plantInNotifiers, plantInStore, toStranger } from './planted-bugs';
import { SafetyQuestions } from './safety-questions';
import { VirtualTime } from './virtual-time';

/** What is simulated. */
export interface SimulationOptions {
  readonly clinics: number;
  readonly days: number;
  readonly seed: number;
  readonly plant: PlantedBug | null;
  readonly onDay?: (day: number) => void;
}

/** What came of a simulated time. Times are milliseconds of virtual time but for `wallS`. */
export interface SimulationFigures {
  readonly clinics: number;
  readonly days: number;
  readonly escalations: number;
  readonly urgent: number;
  readonly pages: number;
  /** Escalations because nobody replied to a safety question. */
  readonly unanswered: number;
  readonly acknowledged: number;
  readonly reopened: number;
  readonly outages: number;
  readonly failures: number;
  readonly restarts: number;
  readonly turnovers: number;
  readonly late: number;
  readonly atRestWithoutHuman: number;
  readonly lost: number;
  readonly wrongPerson: number;
  readonly firstPageWithin10s: number;
  readonly firstPageP50Ms: number;
  readonly firstPageP99Ms: number;
  readonly firstPageMaxMs: number;
  readonly wallS: number;
}

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** Messages a clinic gets in a day: urgent, emergencies, questions. */
const A_DAY: readonly (readonly [Tier, number])[] = [
  ['urgent', 0.12],
  ['emergency', 0.01],
  ['ask_clinic', 0.25],
];
/** Safety questions on a suspicion in a day. */
const QUESTIONS_A_DAY = 0.05;
const START = Date.parse('2026-10-01T00:00:00Z');

/**
 * Runs the product's own ladder, loop and staff desk under a virtual clock: clinics in many zones with rotations, holidays and staff who
 * come and go; providers that fail; staff who answer, pass on, forget; patients who reach nobody or write again; restarts of the process.
 */
export async function simulate(options: SimulationOptions): Promise<SimulationFigures> {
  const began = process.hrtime.bigint();
  const world = new World(options);
  await world.run();
  return { ...world.figures(), wallS: Number(process.hrtime.bigint() - began) / 1e9 };
}

class World {
  private readonly time = new VirtualTime(START);
  private readonly random;
  private readonly year;
  private readonly clinics: SimulatedClinic[] = [];
  private readonly book: ClinicBook;
  private readonly store;
  private readonly raised = new Map<
    string,
    { readonly at: number; readonly tier: Tier; firstPageMs: number | null; lastPageSeenAt: number }
  >();
  private readonly firstPages: number[] = [];
  private readonly told = new Map<string, string[]>();
  private readonly counts = {
    escalations: 0,
    urgent: 0,
    pages: 0,
    acknowledged: 0,
    reopened: 0,
    restarts: 0,
    turnovers: 0,
    late: 0,
    atRest: 0,
    lost: 0,
    wrongPerson: 0,
  };
  private readonly providers;
  private readonly watch;
  private readonly desk;
  /** The store as the product sees it, with the planted bug. */
  private readonly seen;
  private readonly questions;
  private isStopped = false;
  private escalationNumber = 0;

  constructor(private readonly options: SimulationOptions) {
    this.random = makeRandom(options.seed);
    this.year = { from: START, until: START + options.days * DAY };
    for (let index = 0; index < options.clinics; index++) this.clinics.push(makeClinic(index, this.year, this.random));
    const byId = new Map(this.clinics.map((entry) => [entry.clinic.id, entry]));
    this.book = { get: (id) => byId.get(id)!.clinic, all: () => this.clinics.slice(0, 1).map(({ clinic }) => clinic) };
    this.store = makeMemoryEscalationStore((messages) => this.hear(messages));
    this.providers = makeProviders({
      ...{ time: this.time, random: this.random, year: this.year },
      onTaken: (message) => this.taken(message),
      onReport: async (providerId, status) => {
        if (!this.isStopped)
          await this.desk.takeReport({
            providerId,
            status,
            permanent: true,
            code: status === 'failed' ? '30003' : null,
            at: this.time.now,
          });
      },
    });
    this.seen = plantInStore(this.store, options.plant);
    const apply = {
      store: this.seen,
      clinics: this.book,
      clock: () => this.time.now,
      wordNotice: (notice: { id: string; phrase: string }, escalation: Escalation): AddedMessage => ({
        ...{ conversationId: escalation.conversationId, id: notice.id, at: this.time.now, text: notice.phrase, actions: [], author: null },
        escalation: { id: escalation.id, status: escalation.status },
      }),
    };
    this.questions = new SafetyQuestions({
      ...{ time: this.time, random: this.random, isStopped: () => this.isStopped },
      addSending: (sending) => this.seen.addSending(sending),
      raise: (clinicId) => this.keepNew(byId.get(clinicId)!, 'urgent', NO_REPLY),
    });
    this.watch = makeWatch({
      ...apply,
      ...{ notifiers: plantInNotifiers(this.providers.notifiers, options.plant, this.time), log: silentLog, linkOf: () => null },
      pushPatient: () => Promise.resolve({ kind: 'sent', providerId: null }),
      endWait: (_clinicId, wait) => this.questions.end(wait),
      figures: { round: () => undefined, fault: () => undefined, firstPage: () => undefined, sent: () => undefined },
    });
    this.desk = makeStaffDesk({
      ...apply,
      ...{ wake: () => undefined, log: silentLog, phrase: (name) => name },
      conversations: {
        find: () => Promise.resolve(null),
        setTakeOver: () => Promise.resolve(),
        addMessages: () => Promise.resolve(),
        addNote: () => Promise.resolve(),
      },
    });
  }

  async run(): Promise<void> {
    this.planArrivals();
    this.planChanges();
    for (let day = 1; day <= this.options.days; day++) this.time.at(START + day * DAY, () => this.checkAll(day));
    const { time, year } = this;
    for (;;) {
      const due = this.isStopped ? null : await this.store.nextDueAt();
      const next = Math.min(due ?? Infinity, time.nextAt() ?? Infinity);
      if (next > year.until) break;
      time.now = Math.max(time.now, next);
      await time.runDue();
      if (!this.isStopped) while ((await this.watch.round()) > 0);
      await settled();
    }
    time.now = year.until;
    this.checkEnd();
  }

  private planArrivals(): void {
    for (const entry of this.clinics)
      for (const [tier, aDay] of A_DAY) {
        const next = (): void =>
          this.time.after(this.random.waiting(DAY / aDay), async () => {
            await this.raise(entry, tier);
            next();
          });
        next();
      }
    for (const { clinic } of this.clinics) {
      const next = (): void =>
        this.time.after(this.random.waiting(DAY / QUESTIONS_A_DAY), async () => {
          await this.questions.ask(clinic.id);
          next();
        });
      next();
    }
  }

  /** Staff come and go four times a year at each clinic; the process is restarted twice a month and is away for some seconds. */
  private planChanges(): void {
    for (const entry of this.clinics) {
      const next = (): void =>
        this.time.after(this.random.waiting(91 * DAY), () => {
          entry.turnOver(this.time.now);
          this.counts.turnovers += 1;
          next();
        });
      next();
    }
    const restart = (): void =>
      this.time.after(this.random.waiting(15 * DAY), () => {
        this.isStopped = true;
        this.counts.restarts += 1;
        this.time.after(2 * SECOND + this.random.waiting(2 * SECOND), () => void (this.isStopped = false));
        restart();
      });
    restart();
  }

  /** A patient's message raises an escalation. Nobody can write while the process is away. */
  private async raise(entry: SimulatedClinic, tier: Tier): Promise<void> {
    if (this.isStopped) {
      this.time.after(5 * SECOND, () => this.raise(entry, tier));
      return;
    }
    await this.keepNew(entry, tier, 'red_flag');
  }

  /** Stores a new escalation with its first step, as a turn does. */
  private async keepNew(entry: SimulatedClinic, tier: Tier, reason: string): Promise<void> {
    const { now } = this.time;
    this.escalationNumber += 1;
    const id = `e${this.escalationNumber}`;
    const facts = {
      id,
      clinicId: entry.clinic.id,
      conversationId: `c${this.escalationNumber}`,
      channel: 'web',
      flags: ['U02'],
      tier,
    } as const;
    const change = raise({ ...facts, reason, isDrill: false, isMarked: this.random.chance(0.3) }, entry.clinic, now);
    this.counts.escalations += 1;
    if (tier !== 'ask_clinic') this.counts.urgent += 1;
    this.raised.set(id, { at: now, tier, firstPageMs: null, lastPageSeenAt: now });
    const isMisled = this.options.plant === 'wrong-person' && this.escalationNumber % 20 === 0;
    const stranger = entry.clinic.staff.find((person) => !entry.mayBePaged(now).has(person.id));
    await this.seen.save(isMisled && stranger ? toStranger(change, stranger.id) : change, []);
    if (tier === 'ask_clinic') this.time.after(this.random.waiting(30 * HOUR), () => this.staffAnswers(id));
    else if (this.random.chance(0.1)) this.time.after(this.random.waiting(40 * MINUTE), () => this.patientRepeats(id));
  }

  /** A provider has taken a page: was it for somebody on call, and does that person act? */
  private taken({ what, person, clinic }: StaffMessage): void {
    if (what.kind !== 'page') return;
    this.counts.pages += 1;
    const id = what.pageId.split('.')[1] ?? '';
    const facts = this.raised.get(id);
    if (!facts) return;
    if (facts.firstPageMs === null) {
      facts.firstPageMs = this.time.now - facts.at;
      this.firstPages.push(facts.firstPageMs);
    }
    facts.lastPageSeenAt = this.time.now;
    const entry = this.clinics.find((each) => each.clinic.id === clinic.id);
    void this.checkPerson(id, what.pageId, person.id, entry);
    this.decide(id, person.id);
  }

  /** Somebody may be paged who is on call when the page is made, who held the escalation before, or who was given it. */
  private async checkPerson(id: string, pageId: string, personId: string, entry: SimulatedClinic | undefined): Promise<void> {
    const escalation = await this.store.find(id);
    const page = escalation?.pages.find((each) => each.id === pageId);
    if (!escalation || !page || !entry) return;
    const visitAt = Math.min(
      ...escalation.pages
        .filter((each) => each.round === page.round && each.step === page.step && each.personId === personId)
        .map((each) => each.queuedAt),
    );
    const held = (await this.store.events(id)).some(
      (event) => event.actor === personId || (event.kind === 'reassigned' && event.detail === personId),
    );
    const allowed = entry.mayBePaged(visitAt);
    // A person who left since the page was made was on call under the roster of that moment.
    const hasLeft = !entry.clinic.staff.some((person) => person.id === personId);
    if (!held && !hasLeft && !allowed.has(personId)) this.counts.wrongPerson += 1;
  }

  private decide(id: string, personId: string): void {
    const { random, time } = this;
    const actor = { by: personId, via: 'sms' } as const;
    const chance = random.next();
    if (chance < 0.7)
      time.after(20 * SECOND + random.waiting(3 * MINUTE), () => this.acts(id, () => this.desk.acknowledge(id, actor), personId));
    else if (chance < 0.75) time.after(20 * SECOND + random.waiting(MINUTE), () => this.acts(id, () => this.desk.passOn(id, actor), null));
  }

  private async acts(id: string, act: () => ReturnType<typeof this.desk.acknowledge>, holder: string | null): Promise<void> {
    if (this.isStopped) {
      this.time.after(5 * SECOND, () => this.acts(id, act, holder));
      return;
    }
    const acted = await act();
    if (acted.kind !== 'done' || holder === null) return;
    this.counts.acknowledged += 1;
    const actor = { by: holder, via: 'console' } as const;
    const { random, time } = this;
    if (random.chance(0.05))
      time.after(random.waiting(10 * MINUTE), () =>
        this.acts(id, () => this.desk.reassign(id, actor, this.anyColleague(acted.escalation)), null),
      );
    else if (random.chance(0.85))
      time.after(5 * MINUTE + random.waiting(20 * MINUTE), async () => void (await this.desk.resolve(id, actor, 'spoke_with_patient')));
  }

  private anyColleague({ clinicId }: Escalation): string {
    const { staff } = this.book.get(clinicId);
    return staff[this.random.below(staff.length)]?.id ?? '';
  }

  private async staffAnswers(id: string): Promise<void> {
    const escalation = await this.store.find(id);
    if (escalation && !escalation.resolved) await this.desk.resolve(id, { by: 'console', via: 'console' }, 'advice_by_message');
  }

  private async patientRepeats(id: string): Promise<void> {
    const { store, book: clinics, time } = this;
    const deps = {
      store,
      clinics,
      clock: () => time.now,
      wordNotice: (): never => {
        throw new Error('no words here');
      },
    };
    await applyChange<null>(deps, id, (escalation, clinic, now) =>
      escalation.resolved ? { other: null } : { change: { ...repeat(escalation, ['U02'], clinic, now), tell: [] } },
    );
  }

  /** The patient reads: "did you reach someone?" is answered with yes, no, or silence. */
  private hear(messages: readonly AddedMessage[]): void {
    for (const { text, escalation } of messages) {
      if (!escalation) continue;
      this.told.set(escalation.id, [...(this.told.get(escalation.id) ?? []), text]);
      if (text !== 'askReached' || this.random.chance(0.2)) continue;
      const answer = this.random.chance(0.85) ? 'yes' : 'no';
      this.time.after(this.random.waiting(3 * MINUTE), async () => {
        const deps = {
          store: this.store,
          clinics: this.book,
          clock: () => this.time.now,
          wordNotice: (): never => {
            throw new Error('no words here');
          },
        };
        await applyChange<null>(deps, escalation.id, (current, clinic, now) =>
          current.acknowledged && !current.resolved
            ? { change: { ...answerReached(current, answer, clinic, now), tell: [] } }
            : { other: null },
        );
      });
    }
  }

  /** Once a day: what is at rest, late, or gone; what is closed is forgotten, so that a year fits into memory. */
  private async checkAll(day: number): Promise<void> {
    const open = await this.store.listUnresolved(null, Number.MAX_SAFE_INTEGER);
    const lapses = findLapses(open, (clinicId) => this.book.get(clinicId), this.time.now);
    this.counts.atRest += lapses.filter(({ why }) => why === 'at_rest').length;
    this.counts.late += lapses.filter(({ why }) => why !== 'at_rest').length;
    this.counts.lost += this.questions.forgotten(this.time.now);
    const openIds = new Set(open.map(({ id }) => id));
    for (const [id, facts] of this.raised) {
      if (openIds.has(id)) {
        if (facts.tier !== 'ask_clinic' && facts.firstPageMs === null && this.time.now - facts.at > HOUR) this.counts.lost += 1;
        continue;
      }
      const escalation = await this.store.find(id);
      // Gone without a human, or closed by none.
      if (!escalation?.resolved) this.counts.lost += 1;
      else if (escalation.resolved.by === 'clock') this.counts.atRest += 1;
      this.counts.reopened += (await this.store.events(id)).filter(({ kind }) => kind === 'reopened').length;
      this.store.forget(id);
      this.raised.delete(id);
      this.told.delete(id);
    }
    this.options.onDay?.(day);
  }

  private checkEnd(): void {
    this.firstPages.sort((a, b) => a - b);
  }

  figures(): Omit<SimulationFigures, 'wallS'> {
    const { counts, firstPages, providers, options } = this;
    const quantile = (share: number): number =>
      Math.round(firstPages[Math.min(firstPages.length - 1, Math.floor(share * firstPages.length))] ?? 0);
    return {
      ...{ clinics: options.clinics, days: options.days, escalations: counts.escalations, urgent: counts.urgent, pages: counts.pages },
      ...{ unanswered: this.questions.unanswered },
      ...{ acknowledged: counts.acknowledged, reopened: counts.reopened, outages: providers.figures.outages },
      ...{ failures: providers.figures.failures + providers.figures.timeouts, restarts: counts.restarts, turnovers: counts.turnovers },
      ...{ late: counts.late, atRestWithoutHuman: counts.atRest, lost: counts.lost, wrongPerson: counts.wrongPerson },
      firstPageWithin10s: firstPages.length > 0 ? firstPages.filter((ms) => ms <= 10 * SECOND).length / firstPages.length : 1,
      ...{ firstPageP50Ms: quantile(0.5), firstPageP99Ms: quantile(0.99), firstPageMaxMs: quantile(1) },
    };
  }
}

/** Lets every promise settle that needs no event. */
function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
