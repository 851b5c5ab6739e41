import { makeTeamsIds } from '../../src/channels/teams/teams-ids';
import type { TeamsPerson } from './teams/teams-person';
import type { WholeHouse } from './whole-house';
import { CLINIC_NUMBER } from './whole-house';

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
  readonly conversationId: () => Promise<string>;
  /** Opens the chat; an SMS cannot be opened. */
  opens(): Promise<Shown>;
  /** Sends a message; it may wait for its answer until `hear`. */
  sends(text: string): Promise<void>;
  /** Sends a message, lets it be answered and looks. */
  says(text: string): Promise<Shown>;
  /** Takes the choice with this number, from 1, as the channel lets one. */
  chooses(number: number): Promise<Shown>;
  /** What came since the last look. */
  sees(): Promise<Shown>;
}

/** A way in. */
export type Line = (name: string) => Promise<LinePatient>;

/** The ways into a house, each through the door that it has in truth. */
export function openLines(house: WholeHouse): Readonly<Record<LineName, Line>> {
  return { web: () => openWeb(house), sms: openSmsLine(house), teams: (name) => openTeams(house, name) };
}

interface SeenActivity {
  readonly from: { readonly role: string };
  readonly text?: string;
  readonly textFormat?: string;
  readonly suggestedActions?: { readonly actions: readonly { readonly title: string; readonly value: string }[] };
}

/** What a browser is told when it opens the chat. */
export interface OpenedWeb {
  readonly token: string;
  readonly conversationId: string;
  readonly isNew: boolean;
  /** What came of the personal link that it brought. */
  readonly link?: string;
}

/** Opens the chat as our own page does: with the token that the browser holds, or a personal link. */
export async function openWebChat(
  { url, clinic }: WholeHouse,
  given: { readonly token?: string; readonly link?: { readonly token: string; readonly claim: string }; readonly clinic?: string } = {},
): Promise<OpenedWeb> {
  return (await call(`${url}/widget/open`, given.token ?? null, { clinic: given.clinic ?? clinic.id, link: given.link })) as OpenedWeb;
}

async function call(address: string, token: string | null, body?: object): Promise<unknown> {
  const response = await fetch(address, {
    method: body ? 'POST' : 'GET',
    headers: { 'content-type': 'application/json', ...(token === null ? {} : { authorization: `Bearer ${token}` }) },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  if (!response.ok) throw new Error(`Expected ${new URL(address).pathname} to be taken, got ${response.status}.`);
  return response.json();
}

async function openWeb(house: WholeHouse): Promise<LinePatient> {
  return webPatient(house, await openWebChat(house));
}

/** Somebody at a chat that is open, over HTTP. */
export function webPatient(house: WholeHouse, { token, conversationId }: Pick<OpenedWeb, 'token' | 'conversationId'>): LinePatient {
  let watermark = '';
  let choices: readonly { readonly title: string; readonly value: string }[] = [];
  const path = (): string => `${house.url}/v3/directline/conversations/${conversationId}/activities`;
  const sees = async (): Promise<Shown> => {
    const got = (await call(`${path()}?watermark=${watermark}`, token)) as { activities: SeenActivity[]; watermark: string };
    watermark = got.watermark;
    const said = got.activities.filter(({ from }) => from.role === 'bot');
    choices = said.at(-1)?.suggestedActions?.actions ?? [];
    return {
      texts: said.map(({ text }) => text ?? ''),
      choices: choices.map(({ title }) => title),
      isPlain: said.every(({ textFormat }) => textFormat === 'plain'),
    };
  };
  const sends = async (text: string): Promise<void> => void (await call(path(), token, { type: 'message', from: { id: 'x' }, text }));
  const says = async (text: string): Promise<Shown> => {
    await sends(text);
    await house.settle();
    return sees();
  };
  return {
    conversationId: () => Promise.resolve(conversationId),
    opens: sees,
    sends,
    says,
    sees,
    chooses: (number) => says(choices[number - 1]!.value),
  };
}

/** The patient's telephone: texts go through Twilio's signed webhook, and what comes back is what the phone company was given to deliver. */
function openSmsLine(house: WholeHouse): Line {
  let count = 0;
  return () => Promise.resolve(smsPatient(house, `+1555${String(7_000_000 + (count += 1))}`));
}

/** Somebody with a telephone. */
export function smsPatient(house: WholeHouse, number: string): LinePatient {
  let looked = 0;
  const sees = (): Promise<Shown> => {
    const all = house.company.textsTo(number).map(({ body }) => body);
    const texts = all.slice(looked);
    looked = all.length;
    const list = /Reply (1 = .*)$/s.exec(texts.at(-1) ?? '')?.[1] ?? '';
    const choices = list === '' ? [] : list.split(/, (?=\d+ = )/).map((choice) => choice.replace(/^\d+ = /, ''));
    return Promise.resolve({ texts, choices, isPlain: true });
  };
  const sends = async (text: string): Promise<void> => {
    const [delivery] = await house.company.textFrom(number, text, { to: CLINIC_NUMBER });
    if (delivery?.status !== 200) throw new Error(`Expected the text to be taken, got ${String(delivery?.status)}.`);
  };
  const says = async (text: string): Promise<Shown> => {
    await sends(text);
    await house.hear();
    return sees();
  };
  return {
    conversationId: async () => (await house.house.store.sms.patients.meet(house.clinic.id, number, house.now())).conversationId,
    opens: () => Promise.resolve({ texts: [], choices: [], isPlain: true }),
    ...{ sends, says, sees, chooses: (choice) => says(String(choice)) },
  };
}

/** Through the door, signed by Microsoft; what the connector was asked to show is what a patient sees. */
function openTeams(house: WholeHouse, name: string): Promise<LinePatient> {
  return Promise.resolve(teamsPatient(house, house.person(name)));
}

/** Somebody in Teams. */
export function teamsPatient(house: WholeHouse, person: TeamsPerson): LinePatient {
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
  const sends = async (text: string): Promise<void> => {
    const { status } = await person.sends(text);
    if (status !== 200) throw new Error(`Expected Teams to be answered 200, got ${status}.`);
  };
  const says = async (text: string): Promise<Shown> => {
    await sends(text);
    await house.settle();
    return sees();
  };
  const opens = async (): Promise<Shown> => {
    await person.installs();
    return sees();
  };
  const activity = { conversation: { id: person.chat }, from: { id: '', aadObjectId: person.objectId } };
  const conversationId = makeTeamsIds(house.house.secret).conversationOf(activity as never);
  return {
    conversationId: () => Promise.resolve(conversationId),
    opens,
    sends,
    says,
    sees,
    chooses: (number) => says(choices[number - 1]!.value),
  };
}
