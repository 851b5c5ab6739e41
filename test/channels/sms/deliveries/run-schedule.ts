import { openSms } from '../../../../src/channels/sms';
import type { SmsChannel, SmsDeps } from '../../../../src/channels/sms';
import type { StoredMessage } from '../../../../src/model/conversations';
import type { TurnInput } from '../../../../src/model/turn';
import { silentLog } from '../../../../src/tools/log';
import { nightClinic } from '../../../nights/night-clinic';
import { makeVirtualTime } from '../../../phone-company/virtual-time';
import { makeMemorySms } from './memory-sms';
import type { Schedule } from './schedule';
import { makeRandom, optOutTypeOf } from './schedule';

/** What a story left behind. */
export interface Left {
  /** For each patient: both sides of the talk, the texts on their telephone, and whether they want none. */
  readonly transcripts: Readonly<Record<string, readonly string[]>>;
  readonly got: Readonly<Record<string, readonly string[]>>;
  readonly optedOut: Readonly<Record<string, boolean>>;
  /** Whom a human was paged for, and how often. */
  readonly pages: Readonly<Record<string, number>>;
}

const clinic = nightClinic();
/** What waits is looked at again, and Twilio's list is read, this often. */
const TICK_MS = 15_000;
const MOST_FAULTS = 3;
/** Like a turn, a stand-in answers each message once and pages for danger. */
const DANGER = /DANGER/;
const outcome = {
  ...({ topics: [], verdict: 'none', verdicts: {}, disposition: 'none', intent: 'stand_in', confidence: 1 } as const),
  ...{ hoursSinceTreatment: null, citations: [], knowledgeVersion: '' },
} as const;

/** Runs a story against the real channel, with a stand-in for the turn and a store in memory. */
export async function runSchedule(schedule: Schedule, seed: number, plant: 'double' | null = null): Promise<Left> {
  const random = makeRandom(seed ^ 0x5bd1e995);
  const time = makeVirtualTime(0);
  const sms = makeMemorySms();
  const pages: Record<string, number> = {};
  const got: Record<string, string[]> = {};
  const toPush: [string, number][] = [];
  // a thought that fails for longer than the time to the next one is answered after it, as it should be
  let faultsLeft = MOST_FAULTS;
  const fault = (): void => {
    if (random() >= schedule.faults || faultsLeft === 0) return;
    faultsLeft -= 1;
    throw new Error('the process died here');
  };
  const listOf = (id: string): (StoredMessage & { readonly id: string })[] => {
    const list = sms.messages.get(id) ?? [];
    sms.messages.set(id, list);
    return list;
  };
  const say = (conversationId: string, id: string, text: string): void => {
    const list = listOf(conversationId);
    if (list.some((message) => message.id === id && message.direction === 'out')) return;
    list.push({
      seq: list.length + 1,
      at: time.now(),
      direction: 'out',
      reply: { text, actions: [] },
      outcome,
      escalation: null,
      author: null,
      id,
    });
    toPush.push([conversationId, list.length]);
  };
  const store = ({ conversationId, messageId, text }: TurnInput, answer: string | null): void => {
    const list = listOf(conversationId);
    if (plant === null && list.some(({ id, direction }) => id === messageId && direction === 'in')) return;
    list.push({ seq: list.length + 1, at: time.now(), direction: 'in', echo: null, text, id: messageId });
    if (DANGER.test(text)) pages[conversationId] = (pages[conversationId] ?? 0) + 1;
    if (answer !== null) say(conversationId, `${messageId}#1`, answer);
  };
  const deps = {
    clinics: { get: () => clinic, all: () => [clinic] },
    clock: time.now,
    wordNotice: () => {
      throw new Error('Word notice: expected no escalations here.');
    },
    store: {
      sms,
      read: (id: string, after: number) => {
        const list = listOf(id);
        return Promise.resolve({ messages: list.filter(({ seq }) => seq > after), lastSeq: list.length });
      },
      summaryOf: (id: string) => Promise.resolve(sms.messages.has(id) ? { lastSeq: listOf(id).length } : null),
      addMessages: (messages: readonly { conversationId: string; id: string; text: string }[]) => {
        for (const { conversationId, id, text } of messages) say(conversationId, id, text);
        fault();
        return Promise.resolve();
      },
      listUnresolved: () => Promise.resolve([]),
    },
    turns: {
      take: async (_clinicId: string, input: TurnInput) => {
        fault();
        store(input, `answer to ${input.text}`);
        await Promise.resolve();
        fault();
      },
      foresee: (_clinicId: string, { text }: TurnInput) => Promise.resolve(DANGER.test(text) ? 'urgent' : 'calm'),
      keep: (_clinicId: string, input: TurnInput) => Promise.resolve(store(input, null)),
    },
    line: {
      post: ({ to, body }: { to: string; body: string }) => {
        if (random() < schedule.busy) return Promise.resolve({ kind: 'failed', permanent: false, code: '20429' });
        (got[to] ??= []).push(body);
        return Promise.resolve({ kind: 'sent', providerId: null });
      },
      listTo: (_number: string, since: number) =>
        Promise.resolve(
          schedule.texts
            .filter(({ sentAt }) => sentAt <= time.now() && sentAt >= since)
            .map(({ sid, from, body, sentAt }) => ({ messageId: sid, from, to: clinic.smsNumber!, text: body, media: 0, sentAt })),
        ),
    },
    phrase: (name: string) => name,
    consentWording: 'w1',
    log: silentLog,
    after: time.after,
  } as unknown as SmsDeps;

  let channel: SmsChannel = openSms(deps);
  let running: Promise<unknown>[] = [];
  const run = (work: Promise<unknown>): void => void running.push(work);
  const settle = async (): Promise<void> => {
    while (running.length > 0) {
      const now = running;
      running = [];
      await Promise.all(now);
    }
  };
  for (const { sid, from, body, arrivesAt } of schedule.texts)
    for (const at of arrivesAt)
      time.after(at, () => {
        const text = { from, to: clinic.smsNumber!, text: body, messageId: sid, media: 0, optOut: optOutTypeOf(body), at: time.now() };
        run(channel.take(text));
      });
  for (const at of schedule.crashesAt)
    time.after(at, () => {
      channel.stop();
      channel = openSms(deps);
    });
  const isQuiet = schedule.crashesAt.length === 0 && schedule.faults === 0 && schedule.busy === 0;
  const step = async (): Promise<void> => {
    await settle();
    await channel.lookAgain();
    // the outbox: any order, again until it went, so that no refusal outlasts the time between two thoughts
    while (toPush.length > 0) {
      const pushes = toPush.splice(0);
      if (random() < 0.3 && !isQuiet) pushes.reverse();
      for (const [id, seq] of pushes) {
        const result = await channel.push(id, seq, 1_000);
        if (result.kind === 'failed' && !result.permanent) toPush.push([id, seq]);
      }
    }
  };
  for (let at = 0; at < schedule.endsAt; at += TICK_MS) {
    await time.pass(TICK_MS, step);
    await step();
    await channel.reconcile(true);
  }
  for (let rounds = 0; rounds < 20; rounds++) await step();
  return leftOf(schedule, sms, { pages, got });
}

async function leftOf({ texts, cut }: Schedule, sms: ReturnType<typeof makeMemorySms>, more: Pick<Left, 'pages' | 'got'>): Promise<Left> {
  const transcripts: Record<string, readonly string[]> = {};
  const optedOut: Record<string, boolean> = {};
  const got: Record<string, readonly string[]> = {};
  for (const from of new Set(texts.map((text) => text.from))) {
    const { conversationId, optedOut: wants } = await sms.patients.meet(clinic.id, from, 0);
    const said = (sms.messages.get(conversationId) ?? []).map((message) =>
      message.direction === 'in' ? `< ${message.text}` : `> ${message.reply.text}`,
    );
    // Danger is answered at once, so that parts of a danger that overtook one another are a thought each.
    transcripts[from] = cut.has(from) ? wordsOf(said) : said;
    got[from] = cut.has(from) ? wordsOf(more.got[from] ?? []) : (more.got[from] ?? []);
    optedOut[from] = wants !== null;
  }
  return { transcripts, got, optedOut, pages: more.pages };
}

function wordsOf(lines: readonly string[]): string[] {
  return lines
    .flatMap((line) => line.replace(/\(\d\/\d\)|answer to|[<>]/g, '').split(/\s+/))
    .filter((word) => /^(?:word|DANGER)/.test(word))
    .sort();
}
