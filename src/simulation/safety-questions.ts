import { endOfWait } from '../escalation/end-of-wait';
import type { NewSending, WaitForReply } from '../model/escalation';
import type { Random } from './random';
import type { VirtualTime } from './virtual-time';

const MINUTE = 60_000;
/** How long a question waits; the knowledge of the product says the same. */
export const REPLY_WAIT_MS = 5 * MINUTE;
/** How many patients of a hundred ever reply, and how soon about. */
const REPLIES = 0.7;
const REPLY_MS = 2 * MINUTE;
/** A wait that ends later than this was held up, by more than a restart can. */
const LATEST_END_MS = MINUTE;

/** Where the questions of a simulated time are asked. */
export interface QuestionsWorld {
  readonly time: VirtualTime;
  readonly random: Random;
  /** The process is away: nobody can write. */
  readonly isStopped: () => boolean;
  readonly addSending: (sending: NewSending) => Promise<void>;
  /** Nobody replied: what a turn would store. */
  readonly raise: (clinicId: string) => Promise<void>;
}

/** Safety questions on a suspicion. Patients reply, soon, late or never; no reply in time has to be acted on, and once. */
export class SafetyQuestions {
  /** How many nobody replied to in time. */
  unanswered = 0;
  private count = 0;
  private readonly waiting = new Map<string, { readonly clinicId: string; readonly dueAt: number }>();

  constructor(private readonly world: QuestionsWorld) {}

  async ask(clinicId: string): Promise<void> {
    const { time, random, isStopped, addSending } = this.world;
    if (isStopped()) return time.after(5000, () => this.ask(clinicId));
    const conversationId = `q${(this.count += 1)}`;
    const dueAt = time.now + REPLY_WAIT_MS;
    this.waiting.set(conversationId, { clinicId, dueAt });
    await addSending(endOfWait({ conversationId, messageId: 'm1', channel: 'web' }, { clinicId, dueAt }));
    if (random.chance(REPLIES)) time.after(random.waiting(REPLY_MS), () => this.reply(conversationId));
  }

  private reply(conversationId: string): void {
    const { time, isStopped } = this.world;
    if (isStopped()) time.after(5000, () => this.reply(conversationId));
    else this.waiting.delete(conversationId);
  }

  /** The loop has come to the end of a wait. */
  async end({ conversationId }: WaitForReply): Promise<void> {
    const waited = this.waiting.get(conversationId);
    if (!waited || !this.waiting.delete(conversationId)) return;
    this.unanswered += 1;
    await this.world.raise(waited.clinicId);
  }

  /** How many waits have ended and nothing came of them. */
  forgotten(now: number): number {
    return [...this.waiting.values()].filter(({ dueAt }) => dueAt < now - LATEST_END_MS).length;
  }
}
