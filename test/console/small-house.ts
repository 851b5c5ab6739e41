import { createServer } from 'node:http';
import type { Server } from 'node:http';
import express from 'express';
import type { ConsoleDeps, StaffNote, Talk, TalkMessage } from '../../src/console/console-deps';
import { mountStaffConsole } from '../../src/console/mount-staff-console';
import type { Clinic } from '../../src/model/clinic';
import { clinicSchema } from '../../src/model/clinic';
import type { Enrolled, EnrolmentForm } from '../../src/model/enrolment';
import type { Acted, Actor, Escalation, EscalationEvent, Page, StaffDesk } from '../../src/model/escalation';
import { finishServer } from '../../src/server';
import { makeAckLink } from '../../src/tools/ack-token';
import { AftercareError } from '../../src/tools/errors';
import { silentLog } from '../../src/tools/log';

export const SECRET = Buffer.alloc(32, 9);
const HOUR = 3_600_000;

const contacts = (phone: string): object[] => [{ method: 'sms', to: phone, verified: true }];

/** Two clinics, so that a test can look over the fence. */
export const CLINICS: readonly Clinic[] = [
  clinicSchema.parse({
    id: 'glow',
    name: 'Glow Clinic',
    phone: '(555) 010-0199',
    zone: 'America/New_York',
    hours: {},
    staff: [
      { id: 'ana', name: 'Ana', pin: '4821', contacts: contacts('+15550100101') },
      { id: 'ben', name: 'Ben', contacts: [{ method: 'email', to: 'ben@clinic.example' }] },
    ],
    onCall: { steps: [{ targets: ['ana'] }, { targets: ['ben'] }], fallback: 'ben' },
  }),
  clinicSchema.parse({
    id: 'other',
    name: 'Other Clinic',
    phone: '(555) 010-0299',
    zone: 'America/Chicago',
    hours: {},
    staff: [{ id: 'zoe', name: 'Zoe', contacts: contacts('+15550100201') }],
    onCall: { steps: [{ targets: ['zoe'] }] },
  }),
];

/** A console on a small memory of escalations and conversations; what staff did is written down. */
export interface SmallHouse {
  readonly server: Server;
  readonly token: string;
  readonly deps: ConsoleDeps;
  readonly escalations: Map<string, Escalation>;
  readonly talks: Map<string, Talk>;
  readonly signInLinks: { personId: string; link: string }[];
  readonly faults: string[];
  readonly replies: { text: string; messageId: string; by: string }[];
  readonly enrolled: EnrolmentForm[];
  now: number;
  /** Makes every write and read fail, as storage that is gone does. */
  isStorageGone: boolean;
  change(id: string, more: Partial<Escalation>): void;
  addEvent(id: string, kind: EscalationEvent['kind'], actor: string, detail?: string): void;
  say(conversationId: string, message: Pick<TalkMessage, 'from' | 'text'>): void;
  /** Path of the acknowledge link of a page. */
  ackPath(pageId: string): string;
}

/** Monday, 9 March 2026, 9:04 pm in New York. */
export const NIGHT = Date.parse('2026-03-10T01:04:00Z');

export function makePage(id: string, personId: string, more: Partial<Page> = {}): Page {
  return {
    id,
    personId,
    method: 'sms',
    to: '+15550100101',
    step: 1,
    round: 1,
    isFirst: true,
    status: 'sent',
    queuedAt: NIGHT,
    dueAt: NIGHT,
    sentAt: NIGHT + 1000,
    deliveredAt: null,
    attempts: 1,
    failure: null,
    providerId: null,
    ...more,
  };
}

export function makeEscalation(id: string, ref: number, more: Partial<Escalation> = {}): Escalation {
  return {
    id,
    ref,
    clinicId: 'glow',
    conversationId: `talk-${id}`,
    channel: 'web',
    flags: ['U02'],
    tier: 'urgent',
    reason: 'flag',
    raisedAt: NIGHT,
    status: 'notified',
    course: {
      startedAt: NIGHT,
      step: 2,
      round: 1,
      stepAt: NIGHT + 300_000,
      visitedAt: NIGHT,
      hurried: 0,
      passedOnBy: [],
      toldNobodyAt: null,
      reachedAskedAt: null,
      reached: null,
      outcomeAskedAt: null,
      dueAt: null,
      digestAt: null,
      overdueSaidAt: null,
      snoozedUntil: null,
    },
    pages: [makePage(`page_${id}_ana`, 'ana'), makePage(`page_${id}_ben`, 'ben', { method: 'email', isFirst: false })],
    acknowledged: null,
    resolved: null,
    isDrill: false,
    nextAt: NIGHT + 300_000,
    version: 1,
    ...more,
  };
}

function makeTalk(id: string, clinicId: string, text: string): Talk {
  const message = { seq: 1, at: NIGHT, from: 'patient', name: null, text } as const;
  return { id, clinicId, channel: 'web', startedAt: NIGHT - HOUR, lastAt: NIGHT, takenOverBy: null, messages: [message] };
}

/** Opens a house with Ref 12 (urgent) and Ref 13 (emergency) of Glow Clinic, and Ref 7 of the other clinic. */
export function openSmallHouse(more: Partial<ConsoleDeps> = {}): SmallHouse {
  const escalations = new Map<string, Escalation>();
  const talks = new Map<string, Talk>();
  const events = new Map<string, EscalationEvent[]>();
  const notes: (StaffNote & { conversationId: string })[] = [];
  const put = (escalation: Escalation, text: string): void => {
    escalations.set(escalation.id, escalation);
    talks.set(escalation.conversationId, makeTalk(escalation.conversationId, escalation.clinicId, text));
  };
  put(makeEscalation('esc-12', 12), 'yellow pus on my <b>cheek</b>');
  put(makeEscalation('esc-13', 13, { tier: 'emergency', flags: ['E01'], raisedAt: NIGHT + 60_000 }), 'throat closing up');
  put(makeEscalation('esc-7', 7, { clinicId: 'other', pages: [makePage('page_esc-7_zoe', 'zoe')] }), 'zygomatic secret');

  const read = <T>(value: () => T): Promise<T> =>
    house.isStorageGone ? Promise.reject(new AftercareError('STORAGE_UNAVAILABLE', 'Reading failed.')) : Promise.resolve(value());
  const inClinic = (clinicId: string | null) => (row: { clinicId: string }) => clinicId === null || row.clinicId === clinicId;
  const list = (clinicId: string | null): Escalation[] => [...escalations.values()].filter(inClinic(clinicId));
  const desk = makeDesk(() => house, notes);
  const deps: ConsoleDeps = {
    listUnresolved: (clinicId) => read(() => list(clinicId).filter(({ status }) => status !== 'resolved')),
    listEscalations: (clinicId, limit) => read(() => list(clinicId).toReversed().slice(0, limit)),
    find: (id) => read(() => escalations.get(id) ?? null),
    events: (id) => read(() => events.get(id) ?? []),
    transcript: (id) => read(() => talks.get(id) ?? null),
    chart: () => read(() => null),
    enrolment: {
      enrol: (form) => read(() => (house.enrolled.push(form), ENROLLED)),
      consentText: ({ name }) => `${name} may text me.`,
    },
    notes: (id) => read(() => notes.filter(({ conversationId }) => conversationId === id)),
    conversations: (clinicId) => read(() => [...talks.values()].filter(inClinic(clinicId))),
    reviews: (clinicId) => read(() => REVIEWS.filter(inClinic(clinicId))),
    notUnderstood: (clinicId) => read(() => NOT_UNDERSTOOD.filter(inClinic(clinicId))),
    holes: (clinic) => (clinic.id === 'glow' ? [] : [{ from: NIGHT + 24 * HOUR, until: NIGHT + 26 * HOUR, why: 'Nobody is on any step.' }]),
    onCall: (clinic) =>
      clinic.onCall.steps.map(({ targets }, index) => ({ step: index + 1, people: clinic.staff.filter(({ id }) => targets.includes(id)) })),
    nextChangeAfter: () => NIGHT + 12 * HOUR,
    sendSignIn(person, _clinic, link) {
      house.signInLinks.push({ personId: person.id, link });
      return Promise.resolve();
    },
    flagTitle: (flag) => `Title of ${flag}`,
    onFault: (code) => void house.faults.push(code),
    desk,
    clinics: { get: (id) => CLINICS.find((clinic) => clinic.id === id)!, all: () => CLINICS },
    secret: SECRET,
    clock: () => house.now,
    publicUrl: 'https://chat.clinic.example',
    unsignedEntries: 2,
    ...more,
  };
  const app = express();
  const house: SmallHouse = {
    server: createServer(app),
    token: mountStaffConsole(app, deps, { lookMs: 50, beatMs: 200 }),
    deps,
    escalations,
    talks,
    signInLinks: [],
    faults: [],
    replies: [],
    enrolled: [],
    now: NIGHT + 2 * 60_000,
    isStorageGone: false,
    change(id, more) {
      const before = escalations.get(id)!;
      escalations.set(id, { ...before, ...more, version: before.version + 1 });
    },
    addEvent: (id, kind, actor, detail = '') =>
      void events.set(id, [...(events.get(id) ?? []), { escalationId: id, kind, actor, at: house.now, detail }]),
    say(conversationId, message) {
      const talk = talks.get(conversationId)!;
      const added = { name: null, seq: talk.messages.length + 1, at: house.now, ...message };
      talks.set(conversationId, { ...talk, lastAt: house.now, messages: [...talk.messages, added] });
    },
    ackPath: (pageId) => new URL(makeAckLink('https://chat.clinic.example', SECRET, pageId)).pathname,
  };
  finishServer(app, silentLog);
  return house;
}

const ENROLLED: Enrolled = {
  ...{ kind: 'enrolled', chartId: 'chart-1', isNew: true, link: 'https://chat.clinic.example/chat?clinic=glow#link=abc' },
  ...{ expiresAt: NIGHT + 72 * HOUR, isTexted: false },
};

const REVIEWS = ['glow', 'other'].map((clinicId) => ({
  clinicId,
  conversationId: clinicId === 'glow' ? 'talk-esc-12' : 'talk-esc-7',
  seq: 1,
  at: NIGHT,
  rules: 'self_care',
  statistics: 'urgent',
  answered: 'urgent',
  flags: ['U02'],
})) as Awaited<ReturnType<ConsoleDeps['reviews']>>[number][];

const NOT_UNDERSTOOD = ['glow', 'other'].map((clinicId) => ({
  clinicId,
  conversationId: clinicId === 'glow' ? 'talk-esc-12' : 'talk-esc-7',
  seq: 1,
  at: NIGHT,
  kind: 'asked_back' as const,
  confidence: 0.31,
  guesses: [{ topic: 'sun_exposure', probability: 0.31 }],
}));

/** A desk that keeps the port's promises on the house's memory: the first acknowledgement wins, what is closed stays closed. */
function makeDesk(house: () => SmallHouse, notes: (StaffNote & { conversationId: string })[]): StaffDesk {
  const change = async (id: string, act: (escalation: Escalation) => Acted | Partial<Escalation>): Promise<Acted> => {
    if (house().isStorageGone) throw new AftercareError('STORAGE_UNAVAILABLE', 'Writing failed.');
    const escalation = house().escalations.get(id);
    if (!escalation) return { kind: 'not_found' };
    if (escalation.status === 'resolved') return { kind: 'resolved_already', escalation };
    const done = act(escalation);
    if ('kind' in done) return done as Acted;
    house().change(id, done);
    return { kind: 'done', escalation: house().escalations.get(id)! };
  };
  const takenByOther = ({ acknowledged }: Escalation, { by }: Actor): boolean => acknowledged !== null && acknowledged.by !== by;
  return {
    acknowledge: (id, actor) =>
      change(id, (escalation) => {
        const { acknowledged } = escalation;
        if (acknowledged && takenByOther(escalation, actor)) return { kind: 'taken_already', escalation, ...acknowledged };
        if (acknowledged) return { kind: 'done', escalation };
        house().addEvent(id, 'acknowledged', actor.by, actor.via);
        return { status: 'acknowledged', acknowledged: { by: actor.by, at: house().now, via: actor.via } };
      }),
    passOn: (id, actor) =>
      change(id, (escalation) => {
        if (escalation.acknowledged && takenByOther(escalation, actor))
          return { kind: 'taken_already', escalation, ...escalation.acknowledged };
        house().addEvent(id, 'passed_on', actor.by);
        const passedOnBy = [...escalation.course.passedOnBy, actor.by];
        return { status: 'notified', acknowledged: null, course: { ...escalation.course, passedOnBy, stepAt: house().now } };
      }),
    resolve: (id, actor, reason) =>
      change(id, () => {
        house().addEvent(id, 'resolved', actor.by, reason);
        return { status: 'resolved', nextAt: null, resolved: { by: actor.by, at: house().now, reason } };
      }),
    reassign: (id, actor, personId) =>
      change(id, () => {
        house().addEvent(id, 'reassigned', actor.by, personId);
        return { status: 'notified', acknowledged: null };
      }),
    snooze: (id, actor, untilMs) =>
      change(id, (escalation) => {
        if (!escalation.acknowledged) return { kind: 'refused', why: 'Take it first: only a taken one can be put off.' };
        house().addEvent(id, 'snoozed', actor.by);
        return { course: { ...escalation.course, snoozedUntil: untilMs } };
      }),
    note: (id, actor, text) =>
      change(id, ({ conversationId }) => {
        notes.push({ conversationId, at: house().now, by: actor.by, text });
        house().addEvent(id, 'note', actor.by);
        return {};
      }),
    async escalate(conversationId, _actor, tier) {
      const escalation = makeEscalation(`esc-hand-${tier}`, 50, { conversationId, tier, flags: [], reason: 'by_hand:ben', pages: [] });
      house().escalations.set(escalation.id, escalation);
      return { kind: 'done', escalation };
    },
    async takeOver(conversationId, actor) {
      const talk = house().talks.get(conversationId)!;
      house().talks.set(conversationId, { ...talk, takenOverBy: actor.by });
      return { kind: 'done_without_escalation' };
    },
    async handBack(conversationId) {
      const talk = house().talks.get(conversationId)!;
      house().talks.set(conversationId, { ...talk, takenOverBy: null });
      return { kind: talk.takenOverBy === null ? 'not_taken_over' : 'done' };
    },
    async reply(conversationId, actor, text, messageId) {
      if (house().isStorageGone) throw new AftercareError('STORAGE_UNAVAILABLE', 'Writing failed.');
      if (!house().replies.some((reply) => reply.messageId === messageId)) {
        house().replies.push({ text, messageId, by: actor.by });
        house().say(conversationId, { from: 'staff', text });
      }
      return { kind: 'done' };
    },
    takeText: async () => ({ handled: false }),
    takeReport: async () => undefined,
    async findPage(pageId) {
      if (house().isStorageGone) throw new AftercareError('STORAGE_UNAVAILABLE', 'Reading failed.');
      for (const escalation of house().escalations.values()) {
        const page = escalation.pages.find(({ id }) => id === pageId);
        const clinic = CLINICS.find(({ id }) => id === escalation.clinicId)!;
        if (page)
          return { escalation, page, clinicName: clinic.name, personName: clinic.staff.find(({ id }) => id === page.personId)?.name ?? '' };
      }
      return null;
    },
  };
}
