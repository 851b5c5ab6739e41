import { sql } from 'kysely';
import type { ClinicStore } from '../model/conversations';
import type { Database } from './database';

/** The imported clinic files, each import a new version. */
export function makeClinicStore(database: Database): ClinicStore {
  return {
    saveClinic: (id, yaml, at) =>
      database.write('Storing a clinic', async (transaction) => {
        await transaction
          .insertInto('clinics')
          .values({ id, yaml, version: 1, imported_at: at })
          .onConflict((conflict) =>
            conflict
              .column('id')
              .doUpdateSet({ yaml, imported_at: at, version: sql<number>`clinics.version + 1` })
              .where(sql<string>`clinics.yaml`, '!=', yaml),
          )
          .execute();
        return (await transaction.selectFrom('clinics').select('version').where('id', '=', id).executeTakeFirstOrThrow()).version;
      }),
    listClinics: () =>
      database.read('Reading the clinics', async (db) => {
        const rows = await db.selectFrom('clinics').selectAll().orderBy('id').execute();
        return rows.map((row) => ({ id: row.id, yaml: row.yaml, version: row.version, importedAt: row.imported_at }));
      }),
  };
}
