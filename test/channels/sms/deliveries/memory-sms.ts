import type { StoredMessage } from '../../../../src/model/conversations';
import type { SmsPatient, SmsStore, TextKey, TextState, WaitingText } from '../../../../src/model/sms-edge';

type Kept = WaitingText & { readonly conversationId: string; readonly seq: number };
interface TextRow {
  state: TextState;
  providerId: string | null;
  code: string | null;
  leasedUntil: number;
}
type Writable<T> = { -readonly [K in keyof T]: T[K] };

/** What survives a crash of the process, in memory: the same promises as the real store, without its cost. */
export interface MemorySms extends SmsStore {
  readonly messages: Map<string, (StoredMessage & { readonly id: string })[]>;
}

const keyOf = ({ conversationId, seq, part }: TextKey): string => `${conversationId}/${seq}/${part}`;
const done = <T>(value: T): Promise<T> => Promise.resolve(value);

/** Makes one. */
export function makeMemorySms(): MemorySms {
  const patients = new Map<string, Writable<SmsPatient>>();
  const consents = new Map<string, Awaited<ReturnType<SmsStore['patients']['consentOf']>>>();
  const inbox = new Map<string, Writable<Kept> & { waits: boolean }>();
  const texts = new Map<string, TextRow>();
  const messages: MemorySms['messages'] = new Map();
  const byConversation = (id: string): Writable<SmsPatient> | undefined => [...patients.values()].find((one) => one.conversationId === id);
  const byId = (id: string): Writable<SmsPatient> | undefined => [...patients.values()].find((one) => one.id === id);
  const waiting = (): (Writable<Kept> & { waits: boolean })[] => [...inbox.values()].filter(({ waits }) => waits);
  return {
    messages,
    messageIdOf: (id, seq) => done(messages.get(id)?.find((message) => message.seq === seq)?.id ?? null),
    patients: {
      meet(clinicId, number) {
        const key = `${clinicId}|${number}`;
        const known = patients.get(key) ?? {
          id: `pat_${key}`,
          clinicId,
          conversationId: `sms_${key}`,
          number,
          optedOut: null,
          rejoined: null,
          zone: null,
        };
        patients.set(key, known);
        return done({ ...known });
      },
      ofConversation(id) {
        const found = byConversation(id);
        return done(found ? { ...found } : null);
      },
      setOptOut(id, optOut) {
        const found = byId(id);
        if (found) Object.assign(found, { optedOut: optOut, rejoined: null });
        return done(undefined);
      },
      setOptIn(id, textId) {
        const found = byId(id);
        if (found) Object.assign(found, { optedOut: null, rejoined: { textId, by: found.optedOut?.by ?? found.rejoined?.by ?? 'words' } });
        return done(undefined);
      },
      setConsent(id, consent, again) {
        if (again || !consents.has(id)) consents.set(id, consent);
        return done(undefined);
      },
      consentOf: (id) => done(consents.get(id) ?? null),
    },
    inbox: {
      keep(text) {
        if (inbox.has(text.messageId)) return done(false);
        inbox.set(text.messageId, { ...text, turnId: null, seq: inbox.size, waits: true });
        return done(true);
      },
      known: (ids) => done(new Set(ids.filter((id) => inbox.has(id)))),
      waiting: (id) =>
        done(
          waiting()
            .filter(({ conversationId }) => conversationId === id)
            .sort((a, b) => a.at - b.at || a.seq - b.seq)
            .map((text) => ({ ...text })),
        ),
      group(ids, turnId) {
        const free = waiting().filter((text) => ids.includes(text.messageId) && text.turnId === null);
        if (free.length !== ids.length) return done(false);
        for (const text of free) text.turnId = turnId;
        return done(true);
      },
      done(turnId) {
        for (const text of waiting()) if (text.turnId === turnId) Object.assign(text, { waits: false, text: '' });
        return done(undefined);
      },
      conversationsWaiting: () => done([...new Set(waiting().map(({ conversationId }) => conversationId))]),
    },
    texts: {
      begin(key, now, leaseMs) {
        const row = texts.get(keyOf(key));
        if (row && row.state !== 'again' && !(row.state === 'sending' && row.leasedUntil <= now))
          return done(row.state === 'sending' ? 'busy' : 'settled');
        texts.set(keyOf(key), { state: 'sending', providerId: null, code: null, leasedUntil: now + leaseMs });
        return done('mine');
      },
      settle(key, { state, providerId, code }) {
        const row = texts.get(keyOf(key));
        if (row) Object.assign(row, { state: row.state === 'sending' ? state : row.state, providerId, code });
        return done(undefined);
      },
      report: () => done(null),
      stateOf(key) {
        const row = texts.get(keyOf(key));
        return done(row ? { state: row.state, code: row.code } : null);
      },
    },
  };
}
