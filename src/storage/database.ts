import type { Kysely, Transaction } from 'kysely';
import { AftercareError, reasonOf } from '../tools/errors';
import type { Tables } from './schema';

/** The database of one installation, whichever it is. Reads and writes fail in our words, as STORAGE_UNAVAILABLE. */
export class Database {
  constructor(
    readonly db: Kysely<Tables>,
    readonly kind: 'sqlite' | 'postgres',
    /** What to do about it when it does not answer. */
    readonly expected: string,
    /** Runs each query or transaction; refuses those that would only wait. */
    private readonly guard: <T>(work: () => Promise<T>) => Promise<T> = (work) => work(),
  ) {}

  /** Looks something up; `what` begins the error text, such as "Reading a conversation". */
  async read<T>(what: string, look: (db: Kysely<Tables>) => Promise<T>): Promise<T> {
    return this.orSay(what, () => look(this.db));
  }

  /** One transaction; whatever `change` throws undoes it. */
  async write<T>(what: string, change: (transaction: Transaction<Tables>) => Promise<T>): Promise<T> {
    return this.orSay(what, async () => {
      for (let attempt = 1; ; attempt++) {
        try {
          return await this.db.transaction().execute(change);
        } catch (error) {
          if (!isDeadlock(error) || attempt === MAX_TRIES) throw error;
        }
      }
    });
  }

  /** One transaction that is undone when `change` comes to false. */
  async attempt(what: string, change: (transaction: Transaction<Tables>) => Promise<boolean>): Promise<boolean> {
    try {
      await this.write(what, async (transaction) => {
        if (!(await change(transaction))) throw new Undone();
      });
      return true;
    } catch (error) {
      if (error instanceof AftercareError && error.cause instanceof Undone) return false;
      throw error;
    }
  }

  private async orSay<T>(what: string, work: () => Promise<T>): Promise<T> {
    try {
      return await this.guard(work);
    } catch (error) {
      if (error instanceof AftercareError) throw error;
      throw new AftercareError('STORAGE_UNAVAILABLE', `${what} failed (${reasonOf(error)}): ${this.expected}`, { cause: error });
    }
  }
}

class Undone extends Error {}

const MAX_TRIES = 3;

/** PostgreSQL has undone one of two transactions that waited for each other: it goes through the next time. */
function isDeadlock(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === '40P01';
}
