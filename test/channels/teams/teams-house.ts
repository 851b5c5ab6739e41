import { mkdtempSync, rmSync } from 'node:fs';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import express from 'express';
import { DateTime } from 'luxon';
import type { TeamsChannel } from '../../../src/channels/teams';
import { makePostCard, makeTeamsPush, mountTeams, openTeams } from '../../../src/channels/teams';
import { makeFigures } from '../../../src/figures';
import type { Clinic, ClinicBook } from '../../../src/model/clinic';
import { clinicSchema } from '../../../src/model/clinic';
import type { Escalation } from '../../../src/model/escalation';
import type { PatientTurns } from '../../../src/model/web-edge';
import { makeTeamsNotifier } from '../../../src/notify/teams';
import type { Paging } from '../../../src/open-paging';
import { openPaging } from '../../../src/open-paging';
import { openStore } from '../../../src/storage/open-store';
import type { Store } from '../../../src/storage/store';
import { silentLog } from '../../../src/tools/log';
import type { TurnParts } from '../../../src/turn/turn-parts';
import { makePatientTurns } from '../../../src/turn/patient-turns';
import type { Minds } from '../../../src/assemble-minds';
import { openSpool } from '../../../src/storage/spool';
import type { FakeMicrosoft } from './fake-microsoft';
import { BOT_ID, TENANT_ID, startFakeMicrosoft } from './fake-microsoft';
import type { Message, TeamsPerson } from './teams-person';
import { makeTeamsPeople, toMessage } from './teams-person';
import type { Answer } from './teams-door';
import { closeServer, postActivity } from './teams-door';

export const ANA = 'aaaaaaaa-0000-4000-8000-000000000001';
export const BEN = 'aaaaaaaa-0000-4000-8000-000000000002';
export const STRANGER = 'cccccccc-0000-4000-8000-000000000009';
export const STAFF_CHANNEL = '19:staffchannel@thread.tacv2';

/** The clinic of these tests: pages go to the staff channel first, then to Ben's own chat. */
export function teamsClinic(changed: object = {}): Clinic {
  return clinicSchema.parse({
    ...{ id: 'glow', name: 'Glow Clinic', phone: '(555) 010-0199', zone: 'America/New_York', teams: { tenantId: TENANT_ID } },
    hours: { mon: ['09:00-18:00'], tue: ['09:00-18:00'], wed: ['09:00-18:00'], thu: ['09:00-18:00'], fri: ['09:00-18:00'] },
    staff: [
      { id: 'desk', name: 'The staff channel', contacts: [{ method: 'teams', to: STAFF_CHANNEL, verified: true }] },
      { id: 'ana', name: 'Ana', contacts: [{ method: 'teams', to: ANA, verified: true }] },
      { id: 'ben', name: 'Ben', contacts: [{ method: 'teams', to: BEN, verified: true }] },
    ],
    onCall: { steps: [{ targets: ['desk'] }, { targets: ['ben'] }], fallback: 'ben' },
    ...changed,
  });
}

export interface TeamsHouse {
  readonly microsoft: FakeMicrosoft;
  readonly teams: TeamsChannel;
  readonly store: Store;
  readonly paging: Paging;
  /** Turns and their parts, for other ways in beside Teams. */
  readonly turns: PatientTurns;
  readonly partsOf: (clinicId: string | undefined) => TurnParts;
  person(name: string, objectId?: string): TeamsPerson;
  /** Puts an activity through the door. */
  deliver(activity: unknown, authorization?: string): Promise<Answer>;
  /** Lets time go by, in minutes; sends what is due. */
  pass(minutes: number): Promise<void>;
  /** What Teams was asked to show since the last look, without typing. */
  shown(): Message[];
  escalations(): Promise<readonly Escalation[]>;
  now(): number;
  /** The next turns fail as a full disk does. */
  breaks: boolean;
  readonly url: string;
  close(): Promise<void>;
}

/** The bot with its door for Teams, real turns, real storage, the ladder; Microsoft is local. Close it after the test. */
export async function openTeamsHouse(
  minds: Minds,
  options: { readonly clinics?: readonly Clinic[]; readonly now?: string } = {},
): Promise<TeamsHouse> {
  const clinics = options.clinics ?? [teamsClinic()];
  const first = clinics[0]!;
  const book: ClinicBook = { get: (id) => clinics.find((clinic) => clinic.id === id) ?? first, all: () => clinics };
  let now = DateTime.fromISO(options.now ?? '2026-03-09T23:40', { zone: first.zone }).toMillis();
  const clock = (): number => now;
  const secret = Buffer.alloc(32, 6);
  const microsoft = await startFakeMicrosoft();
  const store = await openStore({ path: ':memory:', secret, now });
  const publicUrl = 'https://chat.clinic.example';
  const teams = openTeams({
    settings: { appId: BOT_ID.slice(3), appPassword: 'unused', tenantId: TENANT_ID },
    ...{ secret, publicUrl, store, clinics: book, clock, log: silentLog, cloud: microsoft.cloud },
    pause: () => Promise.resolve(),
  });
  const push = makeTeamsPush(teams);
  const folder = mkdtempSync(join(tmpdir(), 'teams-'));
  const spool = openSpool(folder, secret);
  const partsOf = (id: string | undefined): TurnParts => ({ ...minds, clinic: book.get(id ?? first.id), store });
  const paging = openPaging({
    ...{ store, clinics: book, knowledge: minds.knowledge, clock, log: silentLog, figures: makeFigures(), secret, publicUrl },
    notifiers: new Map([['teams', makeTeamsNotifier(makePostCard(teams), (ms) => AbortSignal.timeout(ms))]]),
    async pushPatient(conversationId, seq, deadlineMs) {
      const { messages } = await store.read(conversationId, seq - 1);
      const message = messages[0];
      if (message?.direction !== 'out') return { kind: 'failed', permanent: true, code: 'no_message' };
      return push(conversationId, message, deadlineMs);
    },
    ...{ heartbeatUrl: null, spool, partsOf },
  });
  const real = makePatientTurns({ partsOf, spool, wake: () => undefined, onSpooled: () => undefined });
  const turns: PatientTurns = { take: (input) => (house.breaks ? Promise.reject(new Error('no room left')) : real.take(input)) };
  const app = express();
  mountTeams(app, teams, {
    ...{ desk: paging.desk, turns, wake: () => undefined },
    failureText: (clinicId) => `Call ${book.get(clinicId ?? first.id).phone} now.`,
  });
  const server = await new Promise<Server>((resolve) => {
    const listening = app.listen(0, '127.0.0.1', () => resolve(listening));
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/messages`;
  let looked = 0;
  const shown = (): Message[] => {
    const fresh = microsoft.calls.slice(looked);
    looked = microsoft.calls.length;
    return fresh.filter(({ body }) => body['type'] !== 'typing').map(toMessage);
  };
  const deliver: TeamsHouse['deliver'] = (activity, authorization = microsoft.token()) => postActivity(url, activity, authorization);
  const settle = async (): Promise<void> => {
    await paging.watch.tick();
    await teams.care.refresh();
  };
  const person = makeTeamsPeople({ microsoft, deliver, settle, shown, now: clock });
  const house: TeamsHouse = {
    ...{ microsoft, teams, store, paging, turns, partsOf, person, deliver, shown, url, breaks: false },
    async pass(minutes) {
      const until = now + minutes * 60_000;
      for (;;) {
        const next = await paging.watch.tick();
        if (next === null || next > until) break;
        now = Math.max(now, next);
      }
      now = until;
      await settle();
    },
    escalations: async () => (await store.listEscalations(null, 1000)).toReversed(),
    now: clock,
    async close() {
      await closeServer(server);
      await store.close();
      await microsoft.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  return house;
}
