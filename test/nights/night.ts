import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { DateTime } from 'luxon';
import { makeFigures } from '../../src/figures';
import type { Clinic, PageMethod } from '../../src/model/clinic';
import { PAGE_METHODS } from '../../src/model/clinic';
import type { Escalation, EscalationEvent, Notifier, SendResult, StaffDesk, StaffMessage } from '../../src/model/escalation';
import { wordSms } from '../../src/notify/word-staff-message';
import type { Paging } from '../../src/open-paging';
import { openPaging } from '../../src/open-paging';
import { openSpool } from '../../src/storage/spool';
import { openStore } from '../../src/storage/open-store';
import type { Store } from '../../src/storage/store';
import { makePatientTurns } from '../../src/turn/patient-turns';
import { silentLog } from '../../src/tools/log';
import { testMinds } from '../house';
import { makeQuickFolder } from '../quick-folder';
import { nightClinic } from './night-clinic';

export { nightClinic } from './night-clinic';

/**
 * A night as a nurse would tell it: patients write, pages leave, people answer, and only the story moves the clock.
 *
 *     const night = await openNight({ now: '2026-03-09T23:40' });
 *     await night.patient().says('yellow pus is coming out');
 *     night.nurse('ana').gotSms(/URGENT aftercare message waiting/);
 *     await night.pass('5 min');
 *     night.nurse('ben').gotSms(/URGENT/);
 */
export interface Night {
  patient(name?: string, clinicId?: string): NightPatient;
  nurse(id: string): Nurse;
  /** What the phone company and the mail server do; each method can be changed on its own. */
  readonly providers: Providers;
  readonly desk: StaffDesk;
  readonly store: Store;
  readonly paging: Paging;
  /** Lets time go by ("5 min", "8 hours"), doing everything at its moment. */
  pass(time: string): Promise<void>;
  /** Moves the clock without the loop: the process is down meanwhile. */
  sleepThrough(time: string): void;
  now(): number;
  escalations(): Promise<readonly Escalation[]>;
  history(escalationId: string): Promise<readonly EscalationEvent[]>;
  /** Kills the process and starts it anew on the same file; what was in memory is gone. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

export interface NightPatient {
  readonly conversationId: string;
  says(text: string): Promise<void>;
  /** What the bot and staff have written since the last look, one text each. */
  reads(): Promise<readonly string[]>;
  /** Fails unless something new matches; looks at everything since the last look. */
  sees(expected: RegExp): Promise<void>;
  /** Fails if something new came. */
  seesNothingNew(): Promise<void>;
}

export interface Nurse {
  /** Fails unless a text matches that was not looked at yet; returns it. */
  gotSms(expected: RegExp): string;
  gotCall(): void;
  gotMail(expected: RegExp): string;
  /** Fails if anything came that was not looked at yet. */
  gotNothing(): void;
  /** Texts back to the clinic's number. */
  replies(text: string): Promise<void>;
}

/** What a method of a provider does with a message. */
export type Behaviour = 'works' | 'down' | 'dead_number' | 'opted_out' | 'throttled';

export interface Providers {
  set(method: PageMethod | 'all', behaviour: Behaviour, to?: string): void;
  /** Runs just before a message of staff is handed over, with the message: the process may die here. */
  before: ((message: StaffMessage) => void) | null;
  /** Runs when a message was handed over, before that is noted. */
  after: ((message: StaffMessage) => void) | null;
  readonly sent: readonly SentMessage[];
}

export interface SentMessage {
  readonly at: number;
  readonly method: PageMethod;
  readonly personId: string;
  readonly to: string;
  readonly text: string;
  readonly id: string;
  seen: boolean;
}

const UNIT_MS: Readonly<Record<string, number>> = { s: 1000, min: 60_000, hour: 3_600_000, day: 86_400_000 };

/** Opens a night; `now` is local to the first clinic. */
export async function openNight(options: { readonly now?: string; readonly clinics?: readonly Clinic[] } = {}): Promise<Night> {
  const minds = testMinds();
  const clinics = options.clinics ?? [nightClinic()];
  const [first] = clinics;
  if (!first) throw new Error('Opening a night failed: expected a clinic.');
  let now = DateTime.fromISO(options.now ?? '2026-03-09T23:40', { zone: first.zone }).toMillis();
  const clock = (): number => now;
  const folder = makeQuickFolder('night-');
  const secret = Buffer.alloc(32, 7);
  const book = { get: (id: string) => clinics.find((clinic) => clinic.id === id)!, all: () => clinics };
  const { providers, notifiers } = fakeProviders(clock);
  const open = async (): Promise<{ store: Store; paging: Paging }> => {
    const opened = await openStore({ path: join(folder, 'night.db'), secret, now });
    const paging = openPaging({
      ...{ store: opened, clinics: book, knowledge: minds.knowledge, notifiers, clock, log: silentLog, figures: makeFigures(), secret },
      ...{ publicUrl: 'https://chat.clinic.example', heartbeatUrl: null, spool: openSpool(folder, secret) },
      partsOf: (id) => ({ ...minds, clinic: book.get(id), store: opened }),
      pushPatient: () => Promise.resolve({ kind: 'sent', providerId: null }),
    });
    return { store: opened, paging };
  };
  let house = await open();
  const looked = new Map<string, number>();
  let count = 0;

  const tickUntil = async (until: number): Promise<void> => {
    for (let rounds = 0; ; rounds++) {
      const next = await house.paging.watch.tick();
      if (next === null || next > until) break;
      if (rounds > 20_000) throw new Error('Letting time go by failed: something is due again and again.');
      now = Math.max(now, next);
    }
    now = until;
    await house.paging.watch.tick();
  };
  const patient = (name = 'patient', clinicId = first.id): NightPatient => {
    const conversationId = `conversation-${name}`;
    const fresh = async (): Promise<string[]> => {
      const { messages, lastSeq } = await house.store.read(conversationId, looked.get(conversationId) ?? 0);
      looked.set(conversationId, lastSeq);
      return messages.flatMap((message) => (message.direction === 'out' ? [message.reply.text] : []));
    };
    return {
      conversationId,
      async says(text) {
        const turns = makePatientTurns({
          partsOf: (id) => ({ ...minds, clinic: book.get(id ?? first.id), store: house.store }),
          ...{ wake: () => undefined, spool: null, onSpooled: () => undefined },
        });
        count += 1;
        await turns.take({
          ...{ channel: 'web', conversationId, patientId: `dl_${name}`, clinicId, messageId: `message-${count}`, text },
          ...{ attachments: 0, at: now, echo: null },
        });
        await tickUntil(now);
      },
      reads: fresh,
      async sees(expected) {
        const texts = await fresh();
        if (!texts.some((text) => expected.test(text)))
          throw new Error(`Expected ${name} to see ${String(expected)}; there was:\n${texts.join('\n') || '(nothing)'}`);
      },
      async seesNothingNew() {
        const texts = await fresh();
        if (texts.length > 0) throw new Error(`Expected ${name} to see nothing new; there was:\n${texts.join('\n')}`);
      },
    };
  };
  const nurse = (id: string): Nurse => {
    const clinic = clinics.find((entry) => entry.staff.some((person) => person.id === id)) ?? first;
    const phone = clinic.staff.find((person) => person.id === id)?.contacts.find((contact) => contact.method === 'sms')?.to ?? '';
    const unseen = (method: PageMethod): SentMessage[] =>
      providers.sent.filter((message) => message.personId === id && message.method === method && !message.seen);
    const got = (method: PageMethod, expected: RegExp): string => {
      const messages = unseen(method);
      const found = messages.find(({ text }) => expected.test(text));
      if (!found)
        throw new Error(
          `Expected ${id} to get ${String(expected)} by ${method}; there was:\n${messages.map(({ text }) => text).join('\n') || '(nothing)'}`,
        );
      found.seen = true;
      return found.text;
    };
    return {
      gotSms: (expected) => got('sms', expected),
      gotCall: () => void got('voice', /./),
      gotMail: (expected) => got('email', expected),
      gotNothing() {
        const messages = PAGE_METHODS.flatMap(unseen);
        if (messages.length > 0)
          throw new Error(
            `Expected ${id} to get nothing; there was:\n${messages.map(({ method, text }) => `${method}: ${text}`).join('\n')}`,
          );
      },
      async replies(text) {
        count += 1;
        await house.paging.desk.takeText({ from: phone, to: clinic.smsNumber ?? '', text, messageId: `SM${count}`, at: now });
        await tickUntil(now);
      },
    };
  };
  return {
    patient,
    nurse,
    providers,
    get desk() {
      return house.paging.desk;
    },
    get store() {
      return house.store;
    },
    get paging() {
      return house.paging;
    },
    pass: (time) => tickUntil(now + readDuration(time)),
    sleepThrough: (time) => void (now += readDuration(time)),
    now: clock,
    escalations: async () => (await house.store.listEscalations(null, 1000)).toReversed(),
    history: (escalationId) => house.store.events(escalationId),
    async restart() {
      await house.store.close();
      house = await open();
    },
    async close() {
      await house.store.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Providers in memory that speak the notifier's part of the seam; the real protocols are tested in test/notify. */
function fakeProviders(clock: () => number): { providers: Providers; notifiers: ReadonlyMap<PageMethod, Notifier> } {
  const behaviours = new Map<string, Behaviour>();
  const sent: SentMessage[] = [];
  const providers: Providers = {
    before: null,
    after: null,
    sent,
    set(method, behaviour, to = '') {
      for (const each of method === 'all' ? PAGE_METHODS : [method]) behaviours.set(`${each}|${to}`, behaviour);
    },
  };
  const results: Readonly<Record<Exclude<Behaviour, 'works'>, SendResult>> = {
    down: { kind: 'failed', permanent: false, code: 'timeout' },
    dead_number: { kind: 'failed', permanent: true, code: '21614' },
    opted_out: { kind: 'failed', permanent: true, code: '21610' },
    throttled: { kind: 'failed', permanent: false, code: '20429' },
  };
  const notifiers = PAGE_METHODS.map((method): [PageMethod, Notifier] => [
    method,
    {
      method,
      send(message) {
        providers.before?.(message);
        const behaviour = behaviours.get(`${method}|${message.to}`) ?? behaviours.get(`${method}|`) ?? 'works';
        if (behaviour !== 'works') return Promise.resolve(results[behaviour]);
        sent.push({
          at: clock(),
          method,
          personId: message.person.id,
          to: message.to,
          text: wordSms(message),
          id: message.id,
          seen: false,
        });
        providers.after?.(message);
        return Promise.resolve({ kind: 'sent', providerId: `P${sent.length}` });
      },
    },
  ]);
  return { providers, notifiers: new Map(notifiers) };
}

function readDuration(text: string): number {
  const [, amount, unit] = /^(\d+) (s|min|hour|day)s?$/.exec(text) ?? [];
  const unitMs = UNIT_MS[unit ?? ''];
  if (unitMs === undefined) throw new Error(`Read time: expected such as "30 min", "5 hours" or "2 days", got "${text}".`);
  return Number(amount) * unitMs;
}
