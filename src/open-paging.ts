import type { PageMethod } from './model/clinic';
import type { Clinic, ClinicBook, Person } from './model/clinic';
import type { Notifier, SendResult, StaffDesk, StaffMessage } from './model/escalation';
import type { Knowledge } from './model/knowledge';
import { audit } from './escalation/audit';
import type { ApplyDeps } from './escalation/apply';
import { fallbackOf, whoIsOnCall } from './escalation/on-call';
import { pollReports } from './escalation/poll-reports';
import { makeStaffDesk } from './escalation/staff-desk';
import type { Watch } from './escalation/watch';
import { makeWatch } from './escalation/watch';
import { noticeContact } from './escalation/change';
import type { Figures } from './figures';
import type { Store } from './storage/store';
import { makeAckLink } from './tools/ack-token';
import type { Clock } from './tools/clock';
import { AftercareError } from './tools/errors';
import { newId } from './tools/ids';
import type { Log } from './tools/log';
import type { Spool } from './model/turn';
import { replaySpool } from './turn/floor';
import { takeNoReply } from './turn/take-no-reply';
import type { TurnParts } from './turn/turn-parts';
import { makeNoticeWording, wordPhrase } from './turn/word-notice';

/** What paging is made of. */
export interface PagingParts {
  readonly store: Store;
  readonly clinics: ClinicBook;
  readonly knowledge: Knowledge;
  readonly notifiers: ReadonlyMap<PageMethod, Notifier>;
  readonly clock: Clock;
  readonly log: Log;
  readonly figures: Figures;
  readonly secret: Buffer;
  readonly publicUrl: string | null;
  /** Pushes a stored message to a patient whose channel needs that. */
  readonly pushPatient: (conversationId: string, seq: number, deadlineMs: number) => Promise<SendResult>;
  /** Messages with danger that could not be stored when they came. */
  readonly spool: Spool;
  readonly partsOf: (clinicId: string) => TurnParts;
  /** Pinged each minute while the loop is healthy; null for none. */
  readonly heartbeatUrl: string | null;
}

/** Escalations with all that moves them. */
export interface Paging {
  readonly watch: Watch;
  readonly desk: StaffDesk;
  /** Starts the loop, the auditor and the heartbeat. */
  start(): void;
  stop(): Promise<void>;
  /** Throws STORAGE_UNAVAILABLE when the loop has not gone round lately. */
  check(): void;
  /** Storage is gone and a message with danger waits in the spool: the people on call are told past the outbox. */
  alarmUnstored(clinicId: string): void;
  /** Sends a member of staff a link to sign in with. */
  sendSignIn(person: Person, clinic: Clinic, link: string): Promise<void>;
}

/** While storage is gone the people of a clinic are told once in this time. */
const ALARM_EVERY_MS = 5 * 60_000;
const POLL_EVERY_MS = 60_000;
const REPLAY_EVERY_MS = 5000;
const AUDIT_EVERY_MS = 10_000;
const HEARTBEAT_EVERY_MS = 60_000;
const HEARTBEAT_DEADLINE_MS = 10_000;
/** A loop that has not gone round for so long is not healthy. */
const LOOP_SILENT_MS = 30_000;

/** Wires the ladder, the loop and the desk to what is stored and to the ways to reach staff. */
export function openPaging(parts: PagingParts): Paging {
  const { store, clinics, clock, log, figures, secret, publicUrl, knowledge } = parts;
  const apply: ApplyDeps = { store, clinics, clock, wordNotice: makeNoticeWording(knowledge) };
  const watch = makeWatch({
    ...apply,
    ...{ notifiers: parts.notifiers, log, figures, pushPatient: parts.pushPatient },
    endWait: (clinicId, wait, now) => takeNoReply(parts.partsOf(clinicId), wait, now),
    linkOf(to) {
      if (publicUrl === null) return null;
      if ('pageId' in to) return makeAckLink(publicUrl, secret, to.pageId);
      return to.escalationId === null ? `${publicUrl}/console` : `${publicUrl}/console/escalations/${to.escalationId}`;
    },
  });
  const desk = makeStaffDesk({
    ...apply,
    ...{ wake: () => watch.wake(), log },
    phrase: (name, clinic, values, now) => wordPhrase(knowledge, name, { clinic, now, values }),
    conversations: {
      async find(conversationId) {
        const found = await store.summaryOf(conversationId);
        if (!found) return null;
        const { clinicId, channel, takenOver } = found;
        return { clinicId, channel, takenOverBy: takenOver?.by ?? null, ofPatient: await store.charts.conversationsWith(conversationId) };
      },
      setTakeOver: async (conversationId, by, message) => void (await store.setTakeOver(conversationId, by, message)),
      addMessages: (messages) => store.addMessages(messages),
      addNote: async (note) => void (await store.addNote({ ...note, id: newId('note', note.at) })),
    },
  });
  const timers = new Set<NodeJS.Timeout>();
  const alarmedAt = new Map<string, number>();
  return {
    watch,
    desk,
    start() {
      watch.start();
      every(timers, REPLAY_EVERY_MS, async () => {
        try {
          if ((await replaySpool(parts.spool, parts.partsOf)) > 0) watch.wake();
        } catch (error) {
          log.error({ err: error }, 'what waits in the spool could not be stored yet');
        }
      });
      every(timers, AUDIT_EVERY_MS, async () => {
        try {
          await audit({ store, clinics, clock, log, onAudit: (lapses, open) => figures.audited(lapses, open, clock()) });
        } catch (error) {
          log.error({ err: error }, 'the audit of escalations failed');
          figures.fault();
        }
      });
      every(timers, POLL_EVERY_MS, async () => {
        try {
          await pollReports({ store, notifiers: parts.notifiers, desk, clock });
        } catch (error) {
          log.error({ err: error }, 'asking providers for missing reports failed');
        }
      });
      const { heartbeatUrl } = parts;
      if (heartbeatUrl !== null)
        every(timers, HEARTBEAT_EVERY_MS, async () => {
          if (!isHealthy(watch, clock())) return;
          try {
            await fetch(heartbeatUrl, { method: 'GET', signal: AbortSignal.timeout(HEARTBEAT_DEADLINE_MS) });
          } catch (error) {
            log.warn({ err: error }, 'the heartbeat did not reach its address');
          }
        });
    },
    async stop() {
      for (const timer of timers) clearInterval(timer);
      await watch.stop();
    },
    check() {
      if (!isHealthy(watch, clock()))
        throw new AftercareError('STORAGE_UNAVAILABLE', 'Asking the paging loop failed: it has not gone round for 30 seconds.');
    },
    alarmUnstored(clinicId) {
      const clinic = clinics.get(clinicId);
      const now = clock();
      if (now - (alarmedAt.get(clinicId) ?? -Infinity) < ALARM_EVERY_MS) return;
      alarmedAt.set(clinicId, now);
      const first = whoIsOnCall(clinic, now).find(({ people }) => people.length > 0)?.people ?? [];
      const people = new Map([...first, ...(fallbackOf(clinic) ? [fallbackOf(clinic)!] : [])].map((person) => [person.id, person]));
      for (const person of people.values())
        for (const { method, to } of person.contacts) {
          const notifier = parts.notifiers.get(method);
          if (!notifier) continue;
          const { id, name, zone, smsNumber } = clinic;
          const message: StaffMessage = {
            ...{
              id: newId('alarm', now),
              clinic: { id, name, zone, smsNumber: smsNumber ?? null },
              person: { id: person.id, name: person.name },
              to,
            },
            what: { kind: 'notice', notice: 'alarm' },
            ...{ ref: null, link: publicUrl === null ? null : `${publicUrl}/console` },
            details: { why: 'storage is down and urgent messages are waiting' },
          };
          void notifier.send(message, clinic.clocks.sendDeadline).then((result) => figures.sent(method, result));
        }
    },
    async sendSignIn(person, clinic, link) {
      const contact = noticeContact(person);
      if (!contact) return;
      const now = clock();
      await store.addSending({
        ...{ dedupeKey: newId('sign_in', now), clinicId: clinic.id, priority: 1, dueAt: now },
        sending: {
          ...{ kind: 'notice', notice: 'sign_in', escalationId: null, personId: person.id, method: contact.method, to: contact.to },
          details: { link },
        },
      });
      watch.wake();
    },
  };
}

function isHealthy({ lastRoundAt }: Watch, now: number): boolean {
  return lastRoundAt !== null && now - lastRoundAt < LOOP_SILENT_MS;
}

/** Runs something again and again, never twice at once. */
function every(timers: Set<NodeJS.Timeout>, ms: number, run: () => Promise<void>): void {
  let isRunning = false;
  const timer = setInterval(() => {
    if (isRunning) return;
    isRunning = true;
    void run().finally(() => (isRunning = false));
  }, ms);
  timer.unref();
  timers.add(timer);
}
