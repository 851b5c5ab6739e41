import { randomUUID } from 'node:crypto';
import type { Client } from 'pg';
import type { Hint, Listeners } from './listeners';
import type { Postgres } from './postgres';

const CHANNEL = 'aftercare';
const RETRY_MS = 1_000;
/** PostgreSQL takes 8,000 bytes; ids are short. */
const IDS_PER_NOTE = 50;

/**
 * Tells other replicas of commits, and hears of theirs, through LISTEN and NOTIFY. Sent after the commit and not with it, because a
 * NOTIFY inside makes all commits of the server wait in one line. What gets lost is found by those who look now and then.
 */
export class PostgresHints {
  private readonly origin = randomUUID();
  private readonly waiting = new Set<string>();
  private wakes = false;
  private isScheduled = false;
  private isClosed = false;
  private client: Client | null = null;
  private retry: NodeJS.Timeout | undefined;

  constructor(
    private readonly postgres: Postgres,
    private readonly listeners: Listeners,
    private readonly onFault: (error: unknown) => void,
  ) {
    listeners.connect((hint) => this.passOn(hint));
  }

  /** Begins to listen; tries again by itself when the connection is lost. */
  async listen(): Promise<void> {
    if (this.isClosed) return;
    const client = this.postgres.newClient();
    let isLost = false;
    const lose = (error?: unknown): void => {
      if (isLost || this.isClosed) return;
      isLost = true;
      this.client = null;
      if (error !== undefined) this.onFault(error);
      this.retry = setTimeout(() => void this.listen(), RETRY_MS);
    };
    client.on('error', lose);
    client.on('end', lose);
    client.on('notification', ({ payload }) => this.hear(payload ?? ''));
    try {
      await client.connect();
      await client.query(`listen ${CHANNEL}`);
      this.client = client;
      this.listeners.hear({ conversationIds: [], wakes: true });
      if (this.isClosed) await client.end();
    } catch (error) {
      lose(error);
    }
  }

  async close(): Promise<void> {
    this.isClosed = true;
    clearTimeout(this.retry);
    await this.client?.end();
  }

  private hear(payload: string): void {
    const note = JSON.parse(payload) as Hint & { readonly origin: string };
    if (note.origin !== this.origin) this.listeners.hear(note);
  }

  private passOn({ conversationIds, wakes }: Hint): void {
    for (const id of conversationIds) this.waiting.add(id);
    this.wakes ||= wakes;
    if (this.isScheduled || this.isClosed) return;
    this.isScheduled = true;
    setImmediate(() => void this.flush());
  }

  private async flush(): Promise<void> {
    const ids = [...this.waiting];
    const { wakes } = this;
    this.waiting.clear();
    this.wakes = false;
    this.isScheduled = false;
    try {
      for (let start = 0; start === 0 || start < ids.length; start += IDS_PER_NOTE) {
        const note = { origin: this.origin, conversationIds: ids.slice(start, start + IDS_PER_NOTE), wakes };
        await this.postgres.query('select pg_notify($1, $2)', [CHANNEL, JSON.stringify(note)]);
      }
    } catch (error) {
      if (!this.isClosed) this.onFault(error);
    }
  }
}
