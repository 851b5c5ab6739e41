import { createHmac } from 'node:crypto';
import type { Selectable } from 'kysely';
import type { Consent, SmsPatient, SmsPatients } from '../model/sms-edge';
import { newId } from '../tools/ids';
import type { Database } from './database';
import type { PatientRow } from './schema';
import { seal, unseal } from './seal';

/** Two keys, so that the index can be searched without opening a number. */
export interface NumberKeys {
  readonly index: Buffer;
  readonly seal: Buffer;
}

/** Patients who text: found by a keyed hash of clinic and number, so that a stolen database names nobody. */
export function makePatients(database: Database, keys: NumberKeys): SmsPatients {
  const find = (clinicId: string, index: string): Promise<Selectable<PatientRow> | undefined> =>
    database.read('Looking for a patient', (db) =>
      db.selectFrom('patients').selectAll().where('clinic_id', '=', clinicId).where('number_index', '=', index).executeTakeFirst(),
    );
  const toPatient = (row: Selectable<PatientRow>): SmsPatient => ({
    id: row.id,
    clinicId: row.clinic_id,
    conversationId: row.conversation_id,
    number: row.number_sealed.length === 0 ? '' : unseal(keys.seal, placeOf(row.id), row.number_sealed).toString('utf8'),
    ...wishOf(row),
    zone: row.zone,
  });

  /** Whose conversation was erased begins anew, under a new conversation. */
  async function beginAnew(row: Selectable<PatientRow>, number: string, at: number): Promise<void> {
    await database.write('Storing a patient', (transaction) =>
      transaction
        .updateTable('patients')
        .set({ number_sealed: seal(keys.seal, placeOf(row.id), Buffer.from(number)), conversation_id: newId('sms', at) })
        .where('id', '=', row.id)
        .where('conversation_id', '=', row.conversation_id)
        .execute(),
    );
  }

  async function insert(clinicId: string, index: string, { number, at }: { number: string; at: number }): Promise<void> {
    const id = newId('pat', at);
    await database.write('Storing a patient', (transaction) =>
      transaction
        .insertInto('patients')
        .values({
          ...{ id, clinic_id: clinicId, number_index: index, conversation_id: newId('sms', at), created_at: at, zone: null },
          number_sealed: seal(keys.seal, placeOf(id), Buffer.from(number)),
          ...{
            opted_out_at: null,
            opted_out_by: null,
            opted_out_text: null,
            consent_at: null,
            consent_wording: null,
            consent_channel: null,
            consent_by: null,
          },
        })
        .onConflict((conflict) => conflict.columns(['clinic_id', 'number_index']).doNothing())
        .execute(),
    );
  }

  return {
    async meet(clinicId, number, at) {
      const index = createHmac('sha256', keys.index).update(`${clinicId}|${number}`).digest('hex');
      const known = await find(clinicId, index);
      if (known && known.number_sealed.length > 0) return toPatient(known);
      if (known) await beginAnew(known, number, at);
      else await insert(clinicId, index, { number, at });
      const row = await find(clinicId, index);
      if (!row) throw new Error('Storing a patient failed: expected to find them afterwards.');
      return toPatient(row);
    },
    ofConversation: (conversationId) =>
      database.read('Looking for a patient', async (db) => {
        const row = await db.selectFrom('patients').selectAll().where('conversation_id', '=', conversationId).executeTakeFirst();
        return row ? toPatient(row) : null;
      }),
    setOptOut: (id, { at, by, textId }) => writeWish(database, id, { opted_out_at: at, opted_out_by: by, opted_out_text: textId }),
    setOptIn: (id, textId) => writeWish(database, id, { opted_out_at: null, opted_out_text: textId }),
    setConsent: (patientId, consent, again) => writeConsent(database, { patientId, consent, again }),
    consentOf: (patientId) =>
      database.read('Reading a consent', async (db) => {
        const row = await db.selectFrom('patients').selectAll().where('id', '=', patientId).executeTakeFirst();
        if (!row || row.consent_at === null || row.consent_wording === null) return null;
        return {
          ...{ at: row.consent_at, wording: row.consent_wording, by: row.consent_by },
          channel: row.consent_channel === 'console' ? 'console' : 'sms',
        };
      }),
  };
}

/** Whether texts are wanted; after an opt-in the row still says who had held them back. */
function wishOf(row: Selectable<PatientRow>): Pick<SmsPatient, 'optedOut' | 'rejoined'> {
  const said = { by: row.opted_out_by === 'carrier' ? 'carrier' : 'words', textId: row.opted_out_text } as const;
  if (row.opted_out_at !== null) return { optedOut: { ...said, at: row.opted_out_at }, rejoined: null };
  return { optedOut: null, rejoined: row.opted_out_text === null ? null : said };
}

async function writeWish(
  database: Database,
  patientId: string,
  wish: Partial<Pick<PatientRow, 'opted_out_at' | 'opted_out_by' | 'opted_out_text'>>,
): Promise<void> {
  await database.write('Storing an opt-out', (transaction) =>
    transaction.updateTable('patients').set(wish).where('id', '=', patientId).execute(),
  );
}

async function writeConsent(
  database: Database,
  { patientId, consent, again }: { readonly patientId: string; readonly consent: Consent; readonly again: boolean },
): Promise<void> {
  await database.write('Storing a consent', (transaction) =>
    transaction
      .updateTable('patients')
      .set({ consent_at: consent.at, consent_wording: consent.wording, consent_channel: consent.channel, consent_by: consent.by })
      .where('id', '=', patientId)
      .$if(!again, (query) => query.where('consent_at', 'is', null))
      .execute(),
  );
}

function placeOf(patientId: string): string {
  return `patients|number|${patientId}`;
}
