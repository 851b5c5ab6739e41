import type { TeamsPlace, TeamsStore } from '../model/teams-edge';
import type { Database } from './database';
import { openJson, sealJson } from './vault';

/** Places in Teams and cards that stand there; places are sealed, because they tell who talks with the clinic. */
export function makeTeamsStore(database: Database, key: Buffer): TeamsStore {
  const cardPlace = (escalationId: string, activityId: string): string => `teams_cards|place|${escalationId}/${activityId}`;
  return {
    savePlace: (name, place, at) =>
      database.write('Storing a place in Teams', async (transaction) => {
        const row = { place_sealed: sealJson(key, placeOf(name), place), updated_at: at };
        await transaction
          .insertInto('teams_places')
          .values({ key: name, ...row })
          .onConflict((conflict) => conflict.column('key').doUpdateSet(row))
          .execute();
      }),
    findPlace: (name) =>
      database.read('Reading a place in Teams', async (db) => {
        const row = await db.selectFrom('teams_places').select('place_sealed').where('key', '=', name).executeTakeFirst();
        return row ? (openJson(key, placeOf(name), row.place_sealed) as TeamsPlace) : null;
      }),
    removePlace: (name) =>
      database.write('Removing a place in Teams', async (transaction) => {
        await transaction.deleteFrom('teams_places').where('key', '=', name).execute();
      }),
    saveCard: ({ escalationId, activityId, place, shows }, at) =>
      database.write('Storing a card in Teams', async (transaction) => {
        const row = { place_sealed: sealJson(key, cardPlace(escalationId, activityId), place), shows, updated_at: at };
        await transaction
          .insertInto('teams_cards')
          .values({ escalation_id: escalationId, activity_id: activityId, ...row })
          .onConflict((conflict) => conflict.columns(['escalation_id', 'activity_id']).doUpdateSet(row))
          .execute();
      }),
    listCards: (limit) =>
      database.read('Reading cards in Teams', async (db) => {
        const rows = await db.selectFrom('teams_cards').selectAll().orderBy('updated_at').limit(limit).execute();
        return rows.map((row) => ({
          escalationId: row.escalation_id,
          activityId: row.activity_id,
          place: openJson(key, cardPlace(row.escalation_id, row.activity_id), row.place_sealed) as TeamsPlace,
          shows: row.shows,
        }));
      }),
    beginPush: ({ conversationId, seq }, now, leaseMs) =>
      database.write('Beginning to push to Teams', async (transaction) => {
        const { numInsertedOrUpdatedRows } = await transaction
          .insertInto('teams_pushes')
          .values({ conversation_id: conversationId, seq, is_done: 0, until: now + leaseMs })
          .onConflict((conflict) =>
            conflict
              .columns(['conversation_id', 'seq'])
              .doUpdateSet({ until: now + leaseMs })
              .where('teams_pushes.is_done', '=', 0)
              .where('teams_pushes.until', '<=', now),
          )
          .executeTakeFirstOrThrow();
        if (numInsertedOrUpdatedRows === 1n) return 'mine';
        const row = await transaction
          .selectFrom('teams_pushes')
          .select('is_done')
          .where('conversation_id', '=', conversationId)
          .where('seq', '=', seq)
          .executeTakeFirstOrThrow();
        return row.is_done === 1 ? 'sent' : 'busy';
      }),
    endPush: ({ conversationId, seq }, isDone) =>
      database.write('Storing what was pushed to Teams', async (transaction) => {
        await transaction
          .updateTable('teams_pushes')
          .set({ is_done: isDone ? 1 : 0, until: 0 })
          .where('conversation_id', '=', conversationId)
          .where('seq', '=', seq)
          .execute();
      }),
    removeCard: ({ escalationId, activityId }) =>
      database.write('Removing a card in Teams', async (transaction) => {
        await transaction
          .deleteFrom('teams_cards')
          .where('escalation_id', '=', escalationId)
          .where('activity_id', '=', activityId)
          .execute();
      }),
  };
}

function placeOf(name: string): string {
  return `teams_places|place|${name}`;
}
