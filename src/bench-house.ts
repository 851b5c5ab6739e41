import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { directLineSecret, defaultWebLimits } from './channels/web';
import type { BenchTurnDeps, MeasuredServer } from './cli/bench-turn';
import type { Config } from './config';
import type { PatientTurns } from './model/web-edge';
import { newConversationState } from './model/turn';
import type { Minds } from './assemble-minds';
import { openHouse } from './open-house';
import { listen } from './server';
import { openStore } from './storage/open-store';
import { systemClock } from './tools/clock';
import { assess } from './triage/assess';
import type { PatientTurnsParts } from './turn/patient-turns';
import { takeTurn } from './turn/take-turn';

/** Wires the turn benchmark: a real SQLite file in a temporary folder, the real doors, and an echo bot behind the same doors. */
export async function benchTurnDeps(minds: Minds, config: Config): Promise<{ deps: BenchTurnDeps; close: () => Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), 'aftercare-bench-'));
  const startMs = process.uptime() * 1000;
  const store = await openStore({ path: join(folder, 'turns.db'), secret: Buffer.alloc(32, 1), now: systemClock() });
  const limits = { ...defaultWebLimits, tokensPerIp: 1e9, messagesPerConversation: 1e9, readsPerConversation: 1e9 };
  const serve = async (name: string, turns?: (parts: PatientTurnsParts) => PatientTurns): Promise<MeasuredServer> => {
    const house = await openHouse(
      minds,
      { ...config, secret: 'x'.repeat(32), dataDir: join(folder, name) },
      { clock: systemClock, limits, ...(turns ? { turns } : {}) },
    );
    const port = await listen(house.server, 0, '127.0.0.1');
    const call = async (path: string, bearer: string): Promise<{ conversationId: string; token: string }> => {
      const response = await fetch(`http://127.0.0.1:${port}/v3/directline/${path}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${bearer}`, 'content-type': 'application/json' },
        body: '{}',
      });
      return (await response.json()) as { conversationId: string; token: string };
    };
    const newToken = async (): Promise<{ conversationId: string; token: string }> =>
      call('conversations', (await call('tokens/generate', directLineSecret(house.secret))).token);
    return { port, newToken, close: () => house.close() };
  };
  const deps: BenchTurnDeps = {
    knowledge: minds.knowledge,
    takeTurn: (input) => takeTurn({ ...minds, store }, input),
    readMessage: (text) => readMessage(minds, text),
    serveBot: () => serve('bot'),
    serveEcho: () => serve('echo', echoTurns),
    now: systemClock,
    startMs,
  };
  return {
    deps,
    async close() {
      await store.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const HOUR = 3_600_000;
const HOURS_SINCE = 30;

/** Understands and triages one message of a conversation whose treatment time is known. */
function readMessage({ understand, clinic, knowledge }: Minds, text: string): { saysTime: boolean } {
  const now = systemClock();
  const treated = now - HOURS_SINCE * HOUR;
  const understanding = understand(text, {
    now,
    zone: clinic.zone,
    treatedAt: { from: treated, to: treated },
    lastQuestions: [],
    awaiting: null,
  });
  const hours = { min: HOURS_SINCE, max: HOURS_SINCE };
  assess({ understanding, knowledge, hours, history: { recentFlags: [] }, onlyExpectedSigns: false });
  return { saysTime: understanding.times.treatment !== null || understanding.times.asked !== null };
}

/** Repeats what it hears, stored the way every turn is stored. */
function echoTurns({ partsOf }: PatientTurnsParts): PatientTurns {
  const { store, knowledge, clinic } = partsOf(undefined);
  const outcome = {
    topics: [],
    verdict: 'none',
    verdicts: {},
    disposition: 'none',
    intent: 'echo',
    confidence: 1,
    hoursSinceTreatment: null,
    citations: [],
    knowledgeVersion: knowledge.version,
  } as const;
  return {
    async take(input) {
      if (await store.hasMessage(input.conversationId, input.messageId)) return { accepted: false };
      const stored = await store.load(input.conversationId);
      const record = {
        input: { ...input, isStart: false },
        clinicId: clinic.id,
        state: stored?.state ?? newConversationState(),
        replies: [{ text: input.text || 'hello', actions: [] }],
        outcome,
        changes: [],
        review: null,
        notUnderstood: null,
        isHeard: true,
        later: [],
        chart: null,
        failed: false,
      };
      return { accepted: await store.commit(record, stored?.version ?? 0) };
    },
  };
}
