import { createHash } from 'node:crypto';
import type { Transaction } from 'kysely';
import type { BroughtLink, Enrolment, LinkOutcome } from '../model/charts';
import { AftercareError } from '../tools/errors';
import { chartIdOf } from './chart-memory';
import type { Tables } from './schema';
import type { StoreParts } from './store';

/** Who is to belong to a chart. */
export interface Address {
  readonly clinicId: string;
  readonly patientId: string;
  readonly chartId: string;
  readonly at: number;
}

/** Makes somebody belong to a chart; throws TURN_CONFLICT when another process gave them to another one meanwhile. */
export async function addAddress(transaction: Transaction<Tables>, { clinicId, patientId, chartId, at }: Address): Promise<void> {
  await transaction
    .insertInto('chart_addresses')
    .values({ clinic_id: clinicId, patient_id: patientId, chart_id: chartId, created_at: at })
    .onConflict((conflict) => conflict.columns(['clinic_id', 'patient_id']).doNothing())
    .execute();
  if ((await chartIdOf(transaction, { clinicId, patientId })) !== chartId)
    throw new AftercareError('TURN_CONFLICT', 'Enrolling a patient failed: they were enrolled meanwhile.');
}

/** Makes a link known; the link itself is stored nowhere. */
export async function addLink(transaction: Transaction<Tables>, chartId: string, { link, by, at }: Enrolment): Promise<void> {
  await transaction
    .insertInto('chart_links')
    .values({
      ...{ token_hash: hashOf(link.token), chart_id: chartId, created_at: at, created_by: by, expires_at: link.expiresAt },
      ...{ used_at: null, used_by: null, claim_hash: null },
    })
    .execute();
}

/** Lets a browser in by its link: once, but for the same browser that brings it again. */
export async function redeem({ database }: StoreParts, transaction: Transaction<Tables>, brought: BroughtLink): Promise<LinkOutcome> {
  const { token, clinicId, patientId, at } = brought;
  const claim = hashOf(brought.claim);
  const link = await transaction
    .selectFrom('chart_links')
    .innerJoin('charts', 'charts.id', 'chart_links.chart_id')
    .select(['chart_links.chart_id', 'chart_links.expires_at', 'chart_links.used_by', 'chart_links.claim_hash'])
    .where('chart_links.token_hash', '=', hashOf(token))
    .where('charts.clinic_id', '=', clinicId)
    .$if(database.kind === 'postgres', (query) => query.forUpdate('chart_links'))
    .executeTakeFirst();
  if (!link) return { kind: 'unknown' };
  if (link.used_by !== null) {
    // The same browser again; whoever erased their chat is a stranger once more.
    const isOwn = link.claim_hash === claim && (await chartIdOf(transaction, { clinicId, patientId: link.used_by })) === link.chart_id;
    return isOwn ? { kind: 'linked', patientId: link.used_by } : { kind: 'used' };
  }
  if (link.expires_at <= at) return { kind: 'expired' };
  await transaction
    .updateTable('chart_links')
    .set({ used_at: at, used_by: patientId, claim_hash: claim })
    .where('token_hash', '=', hashOf(token))
    .execute();
  await addAddress(transaction, { clinicId, patientId, chartId: link.chart_id, at });
  return { kind: 'linked', patientId };
}

/** A link is random enough that its plain hash gives nothing away. */
function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
