import { DatabaseSync } from '@photostructure/sqlite';
import { Client } from 'pg';
import type { Escalation, Page } from '../../src/model/escalation';
import type { Store } from '../../src/storage/store';
import type { Taken } from '../phone-company';
import type { Acknowledged } from './patients';

/** What outlived the kills. */
export interface Findings {
  /** Acknowledged messages and acknowledgements that are not there, in words. */
  readonly missing: readonly string[];
  /** Texts that left more than once for one attempt. */
  readonly sentTwice: number;
  readonly pages: number;
  /** Pages that no text was taken for. */
  readonly unsent: readonly string[];
  readonly integrity: string;
}

/** What was acknowledged to the outside. */
export interface Promised {
  readonly messages: readonly Acknowledged[];
  readonly refs: ReadonlySet<number>;
  readonly taken: readonly Taken[];
}

/** Looks whether everything that was acknowledged is there, once, and whether every page has left. */
export async function checkStore(store: Store, promised: Promised): Promise<Omit<Findings, 'integrity'>> {
  const escalations = await store.listEscalations(null, 1_000_000);
  const pages = escalations.flatMap((escalation) => escalation.pages);
  return {
    missing: [...(await findMissingMessages(store, promised.messages)), ...findMissingAcks(escalations, promised.refs)],
    sentTwice: countTwice(promised.taken),
    pages: pages.length,
    unsent: [...findUnsent(pages, promised.taken), ...escalations.filter(isUnpaged).map(({ id }) => `escalation ${id} has no page`)],
  };
}

async function findMissingMessages(store: Store, acknowledged: readonly Acknowledged[]): Promise<string[]> {
  const missing: string[] = [];
  for (const conversationId of new Set(acknowledged.map((one) => one.conversationId))) {
    const promised = acknowledged.filter((one) => one.conversationId === conversationId);
    const { messages, lastSeq } = await store.read(conversationId, 0);
    if (messages.length !== lastSeq || messages.some(({ seq }, index) => seq !== index + 1))
      missing.push(`${conversationId} has a gap in its numbers`);
    for (const { messageId } of promised) {
      const stored = messages.filter((message) => message.direction === 'in' && idOf(message.echo) === messageId);
      if (stored.length !== 1) missing.push(`${conversationId} holds ${messageId} ${stored.length} times`);
      else if (messages[stored[0]?.seq ?? 0]?.direction !== 'out') missing.push(`${conversationId} has no answer to ${messageId}`);
    }
  }
  return missing;
}

function idOf(echo: unknown): unknown {
  return typeof echo === 'object' && echo !== null && 'id' in echo ? echo.id : null;
}

function findMissingAcks(escalations: readonly Escalation[], refs: ReadonlySet<number>): string[] {
  const byRef = new Map(escalations.map((escalation) => [escalation.ref, escalation]));
  return [...refs].filter((ref) => !byRef.get(ref)?.acknowledged && !byRef.get(ref)?.resolved).map((ref) => `ack of Ref ${ref}`);
}

/** Our id goes through the phone company with each text: one that comes twice was sent again after a kill. */
function countTwice(taken: readonly Taken[]): number {
  const ids = taken.filter(({ pageId }) => pageId !== null).map(({ id }) => id);
  return ids.length - new Set(ids).size;
}

function findUnsent(pages: readonly Page[], taken: readonly Taken[]): string[] {
  const sids = new Set(taken.map(({ sid }) => sid));
  const left = new Set(taken.map(({ pageId }) => pageId));
  return pages
    .filter((page) => !isNoLongerWanted(page) && !left.has(page.id) && !sids.has(page.providerId ?? ''))
    .map((page) => `page ${page.id} is ${page.status}`);
}

/** Somebody acknowledged before it left: the person it was for, by another page, or somebody else. */
function isNoLongerWanted({ failure, status, sentAt }: Page): boolean {
  return failure === 'withdrawn' || (status === 'acknowledged' && sentAt === null);
}

function isUnpaged({ pages, tier }: Escalation): boolean {
  return tier !== 'ask_clinic' && pages.length === 0;
}

/** Asks the database itself whether its files are whole. */
export async function checkIntegrity(place: { readonly path: string; readonly databaseUrl: string | null }): Promise<string> {
  if (place.databaseUrl === null) {
    const database = new DatabaseSync(place.path);
    const [found] = database.prepare('pragma integrity_check').all() as { integrity_check: string }[];
    const dangling = database.prepare('pragma foreign_key_check').all();
    database.close();
    return dangling.length > 0 ? `${dangling.length} dangling references` : (found?.integrity_check ?? 'no answer');
  }
  const client = new Client({ connectionString: place.databaseUrl });
  await client.connect();
  try {
    await client.query('create extension if not exists amcheck with schema pg_catalog');
    await client.query(
      "select bt_index_check(pg_class.oid, true) from pg_class join pg_am on pg_am.oid = relam where amname = 'btree' and relpersistence = 'p' and relnamespace = current_schema()::regnamespace",
    );
    return 'ok';
  } catch (error) {
    return String(error);
  } finally {
    await client.end();
  }
}
