import { Agent, request } from 'node:http';
import { parseArgs } from 'node:util';
import type { TurnInput } from '../model/turn';
import type { Knowledge } from '../model/knowledge';

/** A running server whose turns are measured. */
export interface MeasuredServer {
  readonly port: number;
  /** A Direct Line token of a new conversation. */
  newToken(): Promise<{ conversationId: string; token: string }>;
  close(): Promise<void>;
}

/** What the benchmark needs from the house. */
export interface BenchTurnDeps {
  readonly knowledge: Knowledge;
  /** Takes one turn in process, on a real SQLite file. */
  readonly takeTurn: (input: TurnInput) => Promise<unknown>;
  /** Understanding and triage alone, without storage or dialogs; tells whether the message names a date or a time. */
  readonly readMessage: (text: string) => { saysTime: boolean };
  readonly serveBot: () => Promise<MeasuredServer>;
  /** The same server, adapter and storage with a bot that repeats what it hears. */
  readonly serveEcho: () => Promise<MeasuredServer>;
  readonly now: () => number;
  readonly startMs: number;
}

const TURNS = 2000;
const CONVERSATIONS = 50;
const ROUNDS = 6;
const POSTS_A_ROUND = 250;
const AT_ONCE = 8;
const WARM_UP_TEXTS = 300;

/** Measures turns in process and over HTTP, the latter as a ratio to an echo bot in alternating rounds. Returns the exit code. */
export async function runBenchTurn(deps: BenchTurnDeps, args: readonly string[], print: (line: string) => void): Promise<number> {
  const { values } = parseArgs({ args: [...args], options: { json: { type: 'boolean' } } });
  const texts = mixedMessages(deps.knowledge);
  const durations: number[] = [];
  for (let index = 0; index < TURNS; index++) {
    const started = process.hrtime.bigint();
    await deps.takeTurn({
      channel: 'cli',
      conversationId: `bench-${index % CONVERSATIONS}`,
      patientId: 'bench',
      messageId: String(index),
      text: texts[index % texts.length]!,
      attachments: 0,
      isStart: false,
      at: deps.now(),
      echo: null,
    });
    durations.push(Number(process.hrtime.bigint() - started) / 1e6);
  }
  durations.sort((a, b) => a - b);
  const reading = measureReading(deps, texts);
  const { bot, echo } = await measureHttp(deps, texts);
  const figures = {
    set: 'mixed',
    turns: TURNS,
    p50Ms: round(durations[Math.floor(TURNS * 0.5)]!),
    p99Ms: round(durations[Math.floor(TURNS * 0.99)]!),
    maxMs: round(durations.at(-1)!),
    ...reading,
    httpPerSecond: round(bot),
    echoPerSecond: round(echo),
    ratioToEcho: round(bot / echo),
    rssMb: round(process.memoryUsage().rss / 2 ** 20),
    startMs: round(deps.startMs),
  };
  if (values.json) print(JSON.stringify(figures));
  else for (const [name, value] of Object.entries(figures)) print(`${name.padEnd(14)} ${value}`);
  return 0;
}

/** Times understanding and triage by themselves; messages that name a date or a time are counted apart. */
function measureReading(
  { readMessage }: BenchTurnDeps,
  texts: readonly string[],
): { readP50Ms: number; readP99Ms: number; dateP50Ms: number; dateP99Ms: number } {
  for (const text of texts.slice(-WARM_UP_TEXTS)) readMessage(text);
  const plain: number[] = [];
  const dated: number[] = [];
  for (const text of texts) {
    const started = process.hrtime.bigint();
    const { saysTime } = readMessage(text);
    (saysTime ? dated : plain).push(Number(process.hrtime.bigint() - started) / 1e6);
  }
  const at = (durations: readonly number[], share: number): number =>
    round([...durations].sort((a, b) => a - b)[Math.floor(durations.length * share)] ?? 0);
  return { readP50Ms: at(plain, 0.5), readP99Ms: at(plain, 0.99), dateP50Ms: at(dated, 0.5), dateP99Ms: at(dated, 0.99) };
}

/** Utterances of every topic, flag and intent in an order that mixes them, the same on every run. */
function mixedMessages(knowledge: Knowledge): string[] {
  const texts = [
    ...[...knowledge.topics.values()].flatMap((topic) => Object.values(topic.words.asks).flat()),
    ...[...knowledge.flags.values()].flatMap((flag) => [...flag.words.says.slice(0, 10), ...flag.words.saysNot.slice(0, 10)]),
    ...[...knowledge.intents.values()].flatMap((intent) => intent.examples.slice(0, 10)),
  ];
  let seed = 7;
  const random = (): number => (seed = (seed * 48_271) % 2_147_483_647) / 2_147_483_647;
  for (let at = texts.length - 1; at > 0; at--) {
    const other = Math.floor(random() * (at + 1));
    [texts[at], texts[other]] = [texts[other]!, texts[at]!];
  }
  return texts;
}

async function measureHttp(deps: BenchTurnDeps, texts: readonly string[]): Promise<{ bot: number; echo: number }> {
  const servers = { bot: await deps.serveBot(), echo: await deps.serveEcho() };
  const agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE });
  const seconds = { bot: 0, echo: 0 };
  let next = 0;
  for (let roundNumber = 0; roundNumber < ROUNDS; roundNumber++) {
    for (const name of ['bot', 'echo'] as const) {
      const tokens = await Promise.all(Array.from({ length: AT_ONCE }, () => servers[name].newToken()));
      const started = process.hrtime.bigint();
      await Promise.all(
        tokens.map(async ({ conversationId, token }) => {
          for (let count = 0; count < POSTS_A_ROUND / AT_ONCE; count++)
            await post({
              agent,
              port: servers[name].port,
              path: `/v3/directline/conversations/${conversationId}/activities`,
              token,
              text: texts[next++ % texts.length]!,
            });
        }),
      );
      if (roundNumber > 0) seconds[name] += Number(process.hrtime.bigint() - started) / 1e9;
    }
  }
  agent.destroy();
  await Promise.all([servers.bot.close(), servers.echo.close()]);
  const posts = Math.ceil(POSTS_A_ROUND / AT_ONCE) * AT_ONCE * (ROUNDS - 1);
  return { bot: posts / seconds.bot, echo: posts / seconds.echo };
}

function post(message: { agent: Agent; port: number; path: string; token: string; text: string }): Promise<void> {
  const body = JSON.stringify({ type: 'message', text: message.text, from: { id: 'bench' } });
  return new Promise((resolve, reject) => {
    const headers = {
      authorization: `Bearer ${message.token}`,
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
    };
    const call = request(
      { agent: message.agent, host: '127.0.0.1', port: message.port, path: message.path, method: 'POST', headers },
      (response) => {
        response
          .resume()
          .on('end', () =>
            response.statusCode === 200
              ? resolve()
              : reject(new Error(`Posting an activity failed with status ${response.statusCode ?? 0}.`)),
          );
      },
    );
    call.on('error', reject).end(body);
  });
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
