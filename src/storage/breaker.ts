/** Thrown in place of a query while the database is known not to answer. */
export class Unreachable extends Error {
  constructor() {
    super('the server does not answer');
  }
}

/** How long between two tries to find the server again. */
const PAUSE_MS = 250;

/**
 * Refuses at once what would only wait: after a query that found no server, all others fail without trying, until a question of our own
 * is answered again. A patient with danger signs must not wait for a database that is away.
 */
export class Breaker {
  private isOpen = false;
  private isClosed = false;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    /** Tells whether an error means that there is no server. */
    private readonly isLost: (error: unknown) => boolean,
    /** Asks the server anything. */
    private readonly ask: () => Promise<unknown>,
  ) {}

  async run<T>(work: () => Promise<T>): Promise<T> {
    if (this.isOpen) throw new Unreachable();
    try {
      return await work();
    } catch (error) {
      if (this.isLost(error)) this.open();
      throw error;
    }
  }

  /** Stops asking. */
  close(): void {
    this.isClosed = true;
    clearTimeout(this.timer);
  }

  private open(): void {
    if (this.isOpen || this.isClosed) return;
    this.isOpen = true;
    this.askLater();
  }

  private askLater(): void {
    if (this.isClosed) return;
    this.timer = setTimeout(() => {
      this.ask().then(
        () => (this.isOpen = false),
        () => this.askLater(), // still away
      );
    }, PAUSE_MS).unref();
  }
}
