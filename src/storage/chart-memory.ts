import type { Kysely, Selectable, Transaction } from 'kysely';
import type { PatientMemory } from '../model/charts';
import type { ConversationState, RecentSigns, Writer } from '../model/turn';
import { newConversationState } from '../model/turn';
import type { Database } from './database';
import type { ChartRow, Tables } from './schema';
import type { Vault } from './vault';
import { openJson, sealJson } from './vault';

/** The part of a conversation's state that is about the patient as a whole. */
export function memoryOf({ treatedAt, flagTimes, recent, minor, otherTreatment, unanswered }: ConversationState): PatientMemory {
  return { treatedAt, flagTimes, recent, minor, otherTreatment, unanswered };
}

/** What is left for the conversation itself once its patient has a chart. */
export function withoutMemory(state: ConversationState): ConversationState {
  return { ...state, ...memoryOf(newConversationState()) };
}

/** The memory with the place of each word that has none yet, so that erasing a conversation finds its own. */
export function placed(memory: PatientMemory, conversationId: string): PatientMemory {
  return { ...memory, recent: memory.recent.map((one): RecentSigns => ({ conversationId, ...one })) };
}

/** The memory without what was told in one conversation's words. */
export function withoutWordsOf(memory: PatientMemory, conversationId: string): PatientMemory {
  return { ...memory, recent: memory.recent.filter((one) => one.conversationId !== conversationId) };
}

/** Adds what a conversation knew of the patient before it was bound. Danger is never forgotten; the chart's treatment counts where it has one. */
export function absorb(memory: PatientMemory, own: PatientMemory): PatientMemory {
  const flagTimes = { ...own.flagTimes };
  for (const [flag, at] of Object.entries(memory.flagTimes)) flagTimes[flag] = Math.max(at, flagTimes[flag] ?? at);
  return {
    treatedAt: memory.treatedAt ?? own.treatedAt,
    flagTimes,
    recent: [...memory.recent, ...own.recent].toSorted((a, b) => a.at - b.at),
    minor: memory.minor || own.minor,
    otherTreatment: memory.treatedAt === null ? memory.otherTreatment || own.otherTreatment : memory.otherTreatment,
    unanswered: memory.unanswered ?? own.unanswered,
  };
}

/** Seals a chart's memory. */
export function sealMemory(key: Buffer, chartId: string, memory: PatientMemory): Buffer {
  return sealJson(key, `charts|memory|${chartId}`, memory);
}

/** Opens it. */
export function openMemory(vault: Vault, row: Pick<Selectable<ChartRow>, 'id' | 'key_sealed' | 'memory_sealed'>): PatientMemory {
  return openJson(vault.openKey(row.id, row.key_sealed), `charts|memory|${row.id}`, row.memory_sealed) as PatientMemory;
}

/** The chart with this id. */
export function findChart(db: Kysely<Tables>, chartId: string): Promise<Selectable<ChartRow> | undefined> {
  return db.selectFrom('charts').selectAll().where('id', '=', chartId).executeTakeFirst();
}

/** The same for who is about to change it. */
export function lockChart({ kind }: Database, transaction: Transaction<Tables>, chartId: string): Promise<Selectable<ChartRow>> {
  return transaction
    .selectFrom('charts')
    .selectAll()
    .where('id', '=', chartId)
    .$if(kind === 'postgres', (query) => query.forUpdate())
    .executeTakeFirstOrThrow();
}

/** The id of the chart that somebody belongs to; null where the clinic has not enrolled them. */
export async function chartIdOf(db: Kysely<Tables>, { clinicId, patientId }: Writer): Promise<string | null> {
  const row = await db
    .selectFrom('chart_addresses')
    .select('chart_id')
    .where('clinic_id', '=', clinicId)
    .where('patient_id', '=', patientId)
    .executeTakeFirst();
  return row?.chart_id ?? null;
}
