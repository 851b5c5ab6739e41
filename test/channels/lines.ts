import type { Server } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { defaultWebLimits, mountWebChannel } from '../../src/channels/web';
import { readSmsChoice, toSmsTurn } from '../../src/guide/sms-turn';
import type { SuggestedAction } from '../../src/model/words';
import { makeWebLog } from '../../src/storage/web-log';
import { takeTurn } from '../../src/turn/take-turn';
import { widgetFiles } from '../build-widget';
import { closeServer } from './teams/teams-door';
import type { TeamsHouse } from './teams/teams-house';
import { echoPages } from './web/patient-pages';

/** The ways in. */
export const LINES = ['web', 'sms', 'teams'] as const;
export type LineName = (typeof LINES)[number];

/** What a patient was shown. */
export interface Shown {
  readonly texts: readonly string[];
  /** What can be chosen, as the channel shows it. */
  readonly choices: readonly string[];
  /** Whether the channel marks every text as plain, or knows no markup at all. */
  readonly isPlain: boolean;
}

/** One patient at one way in. */
export interface LinePatient {
  readonly conversationId: () => string;
  /** Opens the chat; an SMS cannot be opened. */
  opens(): Promise<Shown>;
  says(text: string): Promise<Shown>;
  /** Takes the choice with this number, from 1, as the channel lets one. */
  chooses(number: number): Promise<Shown>;
  /** What came since the last look. */
  sees(): Promise<Shown>;
}

/** A way in, over the same house as the others. */
export interface Line {
  patient(name: string): Promise<LinePatient>;
  close(): Promise<void>;
}

/** Opens the ways in, all over one house. */
export async function openLines(house: TeamsHouse): Promise<Readonly<Record<LineName, Line>>> {
  return { web: await openWebLine(house), sms: openSmsLine(house), teams: openTeamsLine(house) };
}

interface SeenActivity {
  readonly from: { readonly role: string };
  readonly text?: string;
  readonly textFormat?: string;
  readonly suggestedActions?: { readonly actions: readonly { readonly title: string; readonly value: string }[] };
}

/** Over HTTP, as a browser does. */
async function openWebLine(house: TeamsHouse): Promise<Line> {
  const app = express();
  const server: Server = createServer(app);
  const clinic = house.partsOf(undefined).clinic;
  const streams = mountWebChannel(app, server, {
    ...{
      turns: house.turns,
      log: makeWebLog(house.store, { name: 'helper' }),
      links: house.store.charts,
      clock: () => house.now(),
      secret: Buffer.alloc(32, 9),
      publicUrl: null,
    },
    clinics: [{ id: clinic.id, name: clinic.name, phone: clinic.phone, origins: [] }],
    ...{ pages: echoPages(() => 'unknown'), widget: widgetFiles() },
    limits: { ...defaultWebLimits, tokensPerIp: 10_000 },
    onFault: (_code, cause) => {
      throw cause;
    },
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const call = async (path: string, token: string | null, body?: object): Promise<Record<string, unknown>> => {
    const response = await fetch(url + path, {
      method: body ? 'POST' : 'GET',
      headers: { 'content-type': 'application/json', ...(token === null ? {} : { authorization: `Bearer ${token}` }) },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    if (!response.ok) throw new Error(`Expected ${path} to be taken, got ${response.status}.`);
    return (await response.json()) as Record<string, unknown>;
  };
  return {
    async patient() {
      let watermark = '';
      let choices: readonly { readonly title: string; readonly value: string }[] = [];
      const { token, conversationId } = (await call('/widget/token', null, {})) as { token: string; conversationId: string };
      const path = `/v3/directline/conversations/${conversationId}/activities`;
      const sees = async (): Promise<Shown> => {
        const got = (await call(`${path}?watermark=${watermark}`, token)) as unknown as { activities: SeenActivity[]; watermark: string };
        watermark = got.watermark;
        const said = got.activities.filter(({ from }) => from.role === 'bot');
        choices = said.at(-1)?.suggestedActions?.actions ?? [];
        return {
          texts: said.map(({ text }) => text ?? ''),
          choices: choices.map(({ title }) => title),
          isPlain: said.every(({ textFormat }) => textFormat === 'plain'),
        };
      };
      const says = async (text: string): Promise<Shown> => {
        await call(path, token, { type: 'message', from: { id: 'x' }, text });
        await house.pass(0);
        return sees();
      };
      const opened = call('/v3/directline/conversations', token, {});
      await opened;
      return { conversationId: () => conversationId, opens: sees, says, sees, chooses: (number) => says(choices[number - 1]!.value) };
    },
    async close() {
      streams.close();
      await closeServer(server);
    },
  };
}

/** The turn of a text, and its form; the phone company stands aside. */
function openSmsLine(house: TeamsHouse): Line {
  let count = 0;
  return {
    patient(name) {
      const conversationId = `sms-${name}`;
      let seen = 0;
      let choices: readonly SuggestedAction[] = [];
      const sees = async (): Promise<Shown> => {
        const { messages, lastSeq } = await house.store.read(conversationId, seen);
        seen = lastSeq;
        const turn = toSmsTurn(messages.flatMap((message) => (message.direction === 'out' ? [message.reply] : [])));
        ({ choices } = turn);
        return { texts: turn.messages, choices: choices.map(({ title }) => title), isPlain: true };
      };
      const says = async (text: string): Promise<Shown> => {
        count += 1;
        await takeTurn(house.partsOf(undefined), {
          ...{
            channel: 'sms',
            conversationId,
            patientId: `patient-${name}`,
            messageId: `SM${count}`,
            text: readSmsChoice(text, choices) ?? text,
          },
          ...{ attachments: 0, isStart: false, at: house.now(), echo: null },
        });
        return sees();
      };
      return Promise.resolve({
        conversationId: () => conversationId,
        ...{
          opens: () => Promise.resolve({ texts: [], choices: [], isPlain: true }),
          says,
          sees,
          chooses: (number) => says(String(number)),
        },
      });
    },
    close: () => Promise.resolve(),
  };
}

/** Through the door, signed by Microsoft; what the connector was asked to show is what a patient sees. */
function openTeamsLine(house: TeamsHouse): Line {
  return {
    patient(name) {
      const person = house.person(name);
      let looked = 0;
      let choices: readonly { readonly title: string; readonly value: string }[] = [];
      const sees = (): Promise<Shown> => {
        const path = `/v3/conversations/${person.chat}/activities`;
        const calls = house.microsoft.calls.filter((call) => call.path === path && call.body['type'] === 'message');
        const said = calls.slice(looked).map(({ body }) => body as unknown as SeenActivity);
        looked = calls.length;
        choices = said.at(-1)?.suggestedActions?.actions ?? [];
        return Promise.resolve({
          texts: said.map(({ text }) => text ?? ''),
          choices: choices.map(({ title }) => title),
          isPlain: said.every(({ textFormat }) => textFormat === 'plain'),
        });
      };
      const says = async (text: string): Promise<Shown> => {
        await person.sends(text);
        await house.pass(0);
        return sees();
      };
      const opens = async (): Promise<Shown> => {
        await person.installs();
        return sees();
      };
      const activity = { conversation: { id: person.chat }, from: { id: '', aadObjectId: person.objectId } };
      const conversationId = house.teams.ids.conversationOf(activity as never);
      return Promise.resolve({
        conversationId: () => conversationId,
        opens,
        says,
        sees,
        chooses: (number) => says(choices[number - 1]!.value),
      });
    },
    close: () => Promise.resolve(),
  };
}
