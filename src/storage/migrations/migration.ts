import type { Kysely, RawBuilder } from 'kysely';
import type { Tables } from '../schema';

/** One change of the schema; `bytes` is the database's name for binary columns. */
export type Migration = (db: Kysely<Tables>, types: { readonly bytes: RawBuilder<unknown> }) => Promise<void>;
