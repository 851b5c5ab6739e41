import type { Kysely, Selectable, Transaction } from 'kysely';
import type { Chart, ChartFacts, ChartStore, Enrolment, EnrolmentOutcome, PatientMemory } from '../model/charts';
import type { Channel, ConversationState } from '../model/turn';
import { newConversationState } from '../model/turn';
import { AftercareError } from '../tools/errors';
import { newId } from '../tools/ids';
import { absorb, chartIdOf, findChart, lockChart, memoryOf, openMemory, placed, sealMemory, withoutMemory } from './chart-memory';
import { addAddress, addLink, redeem } from './chart-links';
import { isErased } from './erase-conversation';
import type { ChartRow, ConversationRow, Tables } from './schema';
import type { StoreParts } from './store';
import { openJson, sealJson, statePlace } from './vault';

const MAX_TRIES = 5;

/** Charts: one patient over all channels. */
export function makeChartStore(parts: StoreParts): ChartStore {
  const { database, vault } = parts;
  return {
    async enrol(enrolment) {
      for (let attempt = 1; ; attempt++) {
        try {
          return await database.write('Enrolling a patient', (transaction) => enrol(parts, transaction, enrolment));
        } catch (error) {
          if (!(error instanceof AftercareError) || error.code !== 'TURN_CONFLICT' || attempt === MAX_TRIES) throw error;
        }
      }
    },
    redeem: (link) => database.write('Using a personal link', (transaction) => redeem(parts, transaction, link)),
    isKnown: (clinicId, patientId) =>
      database.read('Looking for a chart', async (db) => (await chartIdOf(db, { clinicId, patientId })) !== null),
    ofConversation: (conversationId) =>
      database.read('Reading a chart', async (db) => {
        const chartId = await chartOfConversation(db, conversationId);
        const row = chartId === null ? undefined : await findChart(db, chartId);
        return row
          ? toChart(row, { facts: openFacts(parts, row), memory: openMemory(vault, row), talks: await talksOf(db, row.id) })
          : null;
      }),
    conversationsWith: (conversationId) =>
      database.read('Reading a chart', async (db) => {
        const chartId = await chartOfConversation(db, conversationId);
        return chartId === null ? [conversationId] : (await talksOf(db, chartId)).map(({ id }) => id);
      }),
  };
}

async function enrol(parts: StoreParts, transaction: Transaction<Tables>, enrolment: Enrolment): Promise<EnrolmentOutcome> {
  const { clinicId, patientIds, at } = enrolment;
  // Conversations before charts, as turns do it: locks taken in one order never wait for each other in a ring.
  const talks = await lockTalks(parts, transaction, enrolment);
  const known = new Set<string>();
  for (const patientId of patientIds) {
    const chartId = await chartIdOf(transaction, { clinicId, patientId });
    if (chartId !== null) known.add(chartId);
  }
  const [knownId, ...others] = known;
  if (others.length > 0) return { kind: 'two_charts' };
  const before = knownId === undefined ? null : await lockChart(parts.database, transaction, knownId);
  if (before && isSomebodyElse(openFacts(parts, before), enrolment.facts)) return { kind: 'other_reference' };
  const chartId = before ? before.id : newId('chart', at);
  await writeFacts(parts, transaction, { chartId, before, enrolment, talks });
  for (const patientId of patientIds) await addAddress(transaction, { clinicId, patientId, chartId, at });
  for (const talk of talks) await bindTalk(transaction, chartId, talk);
  await addLink(transaction, chartId, enrolment);
  return { kind: 'enrolled', chartId, isNew: before === null };
}

/** Two people of one family may share a number; their charts must not become one unnoticed. */
function isSomebodyElse(before: ChartFacts, next: ChartFacts): boolean {
  return before.reference !== '' && next.reference !== '' && before.reference !== next.reference;
}

/** Puts down what staff know, and what the patient told in conversations that are bound by this. */
async function writeFacts(
  { vault }: StoreParts,
  transaction: Transaction<Tables>,
  of: {
    readonly chartId: string;
    readonly before: Selectable<ChartRow> | null;
    readonly enrolment: Enrolment;
    readonly talks: readonly FreeTalk[];
  },
): Promise<void> {
  const { chartId, before, talks } = of;
  const { facts: given, clinicId, by, at } = of.enrolment;
  const { key, newKey } = before ? { key: vault.openKey(chartId, before.key_sealed), newKey: null } : vault.newKey(chartId);
  // a form without a reference takes none away
  const reference = given.reference === '' && before ? openFactsWith(key, before).reference : given.reference;
  const facts: ChartFacts = { ...given, reference };
  const own = before ? openMemory(vault, before) : memoryOf(newConversationState());
  const told: PatientMemory = { ...own, treatedAt: facts.treatedAt, otherTreatment: facts.kind === 'other' };
  const memory = talks.reduce((sum, talk) => absorb(sum, placed(memoryOf(talk.state), talk.row.id)), told);
  const changed = {
    facts_sealed: sealJson(key, factsPlace(chartId), facts),
    memory_sealed: sealMemory(key, chartId, memory),
    updated_at: at,
  };
  if (newKey)
    await transaction
      .insertInto('charts')
      .values({ id: chartId, clinic_id: clinicId, key_sealed: newKey, ...changed, version: 1, created_at: at, created_by: by })
      .execute();
  else
    await transaction
      .updateTable('charts')
      .set((row) => ({ ...changed, version: row('version', '+', 1) })) // a turn that is being computed must find out
      .where('id', '=', chartId)
      .execute();
}

/** A conversation that somebody began before they had a chart. */
interface FreeTalk {
  readonly row: Selectable<ConversationRow>;
  readonly key: Buffer;
  readonly state: ConversationState;
}

async function lockTalks(
  { database, vault }: StoreParts,
  transaction: Transaction<Tables>,
  { clinicId, patientIds }: Pick<Enrolment, 'clinicId' | 'patientIds'>,
): Promise<FreeTalk[]> {
  if (patientIds.length === 0) return [];
  const rows = await transaction
    .selectFrom('conversations')
    .selectAll()
    .where('clinic_id', '=', clinicId)
    .where('patient_id', 'in', patientIds)
    .where('chart_id', 'is', null)
    .orderBy('id')
    .$if(database.kind === 'postgres', (query) => query.forUpdate())
    .execute();
  return rows
    .filter((row) => !isErased(row))
    .map((row) => {
      const key = vault.openKey(row.id, row.key_sealed);
      const state = openJson(key, statePlace(row.id), row.state_sealed) as ConversationState;
      return { row, key, state: { ...newConversationState(), ...state } };
    });
}

async function bindTalk(transaction: Transaction<Tables>, chartId: string, { row, key, state }: FreeTalk): Promise<void> {
  await transaction
    .updateTable('conversations')
    .set({ chart_id: chartId, state_sealed: sealJson(key, statePlace(row.id), withoutMemory(state)), version: row.version + 1 })
    .where('id', '=', row.id)
    .execute();
}

async function chartOfConversation(db: Kysely<Tables>, conversationId: string): Promise<string | null> {
  const row = await db.selectFrom('conversations').select('chart_id').where('id', '=', conversationId).executeTakeFirst();
  return row?.chart_id ?? null;
}

type Talk = Pick<Selectable<ConversationRow>, 'id' | 'channel' | 'updated_at'>;

function talksOf(db: Kysely<Tables>, chartId: string): Promise<Talk[]> {
  return db
    .selectFrom('conversations')
    .select(['id', 'channel', 'updated_at'])
    .where('chart_id', '=', chartId)
    .where('patient_id', '!=', '') // not erased
    .orderBy('updated_at', 'desc')
    .orderBy('id')
    .execute();
}

function toChart(
  row: Selectable<ChartRow>,
  { facts, memory, talks }: { readonly facts: ChartFacts; readonly memory: PatientMemory; readonly talks: readonly Talk[] },
): Chart {
  return {
    ...{ id: row.id, clinicId: row.clinic_id, facts, treatedAt: memory.treatedAt, createdAt: row.created_at, createdBy: row.created_by },
    conversations: talks.map(({ id, channel, updated_at }) => ({ id, channel: channel as Channel, updatedAt: updated_at })),
  };
}

function openFacts({ vault }: StoreParts, row: Selectable<ChartRow>): ChartFacts {
  return openFactsWith(vault.openKey(row.id, row.key_sealed), row);
}

function openFactsWith(key: Buffer, row: Selectable<ChartRow>): ChartFacts {
  return openJson(key, factsPlace(row.id), row.facts_sealed) as ChartFacts;
}

function factsPlace(chartId: string): string {
  return `charts|facts|${chartId}`;
}
