import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import type { TeamsChannel } from '../../../src/channels/teams';
import { mountTeams, openTeams } from '../../../src/channels/teams';
import type { ClinicBook } from '../../../src/model/clinic';
import { clinicSchema } from '../../../src/model/clinic';
import type { Reply } from '../../../src/model/turn';
import type { WebTurnInput } from '../../../src/model/web-edge';
import { openStore } from '../../../src/storage/open-store';
import type { Store } from '../../../src/storage/store';
import { silentLog } from '../../../src/tools/log';
import { makeFakeDesk } from '../twilio/fake-desk';
import type { FakeDesk } from '../twilio/fake-desk';
import type { FakeMicrosoft } from './fake-microsoft';
import { APP_ID, TENANT_ID, startFakeMicrosoft } from './fake-microsoft';

/** What a request at our door came to. */
export interface Answer {
  readonly status: number;
  readonly body: unknown;
}

/** The door alone: turns and desk only keep what reaches them. */
export interface TeamsDoor {
  readonly microsoft: FakeMicrosoft;
  readonly teams: TeamsChannel;
  readonly store: Store;
  readonly taken: WebTurnInput[];
  readonly desk: FakeDesk;
  readonly url: string;
  /** Nothing can be stored now. */
  breaks: boolean;
  /** Storage is gone, and this is what a message with danger is answered. */
  unstored: readonly Reply[] | null;
  deliver(activity: unknown, authorization?: string): Promise<Answer>;
  close(): Promise<void>;
}

/** Opens it; `clinics` are those of the installation. */
export async function openTeamsDoor(
  clinics = [clinicSchema.parse({ id: 'glow', name: 'Glow', phone: '(555) 010-0199', zone: 'America/New_York', hours: {} })],
): Promise<TeamsDoor> {
  const microsoft = await startFakeMicrosoft();
  const secret = Buffer.alloc(32, 6);
  const store = await openStore({ path: ':memory:', secret, now: Date.now() });
  const book: ClinicBook = { get: (id) => clinics.find((clinic) => clinic.id === id) ?? clinics[0]!, all: () => clinics };
  const desk = makeFakeDesk();
  const teams = openTeams({
    settings: { appId: APP_ID, appPassword: 'unused', tenantId: TENANT_ID },
    ...{ secret, publicUrl: 'https://chat.clinic.example', clinics: book, clock: Date.now, log: silentLog, cloud: microsoft.cloud },
    store: {
      teams: store.teams,
      find: () => Promise.resolve(desk.escalation),
      findByPage: () => Promise.resolve(desk.escalation),
      read: (id, after) => store.read(id, after),
    },
    pause: () => Promise.resolve(),
  });
  const taken: WebTurnInput[] = [];
  const app = express();
  mountTeams(app, teams, {
    ...{ desk: desk.desk, wake: () => undefined, failureText: () => 'Call the clinic.' },
    turns: {
      take: (input) => {
        if (door.breaks) return Promise.reject(new Error('no room left'));
        taken.push(input);
        return Promise.resolve({ accepted: true, ...(door.unstored ? { unstored: door.unstored } : {}) });
      },
    },
  });
  const server = await new Promise<Server>((resolve) => {
    const listening = app.listen(0, '127.0.0.1', () => resolve(listening));
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/messages`;
  const door: TeamsDoor = {
    ...{ microsoft, teams, store, taken, desk, url, breaks: false, unstored: null },
    deliver: (activity, authorization = microsoft.token()) => postActivity(url, activity, authorization),
    async close() {
      await closeServer(server);
      await store.close();
      await microsoft.close();
    },
  };
  return door;
}

/** Posts an activity as Microsoft does. */
export async function postActivity(url: string, activity: unknown, authorization: string): Promise<Answer> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(authorization === '' ? {} : { authorization }) },
    body: typeof activity === 'string' ? activity : JSON.stringify(activity),
  });
  const text = await response.text();
  return { status: response.status, body: text === '' ? null : (JSON.parse(text) as unknown) };
}

/** Ends a server with what it still holds. */
export function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.closeAllConnections();
    server.close(() => resolve());
  });
}
