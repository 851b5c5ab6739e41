import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';

/** How the server is started: the arguments of Node, and what it is told by its environment. */
export interface Program {
  readonly args: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
}

/** A busy machine starts a server in seconds; where knowledge/ was edited it trains first. */
const START_MS = 180_000;

/** One server that is killed and started again, on the same port and the same data. */
export class CrashServer {
  readonly url: string;
  isUp = false;
  private child: ChildProcess | undefined;
  private said = '';
  private lastAnswer = '';

  constructor(
    private readonly program: Program,
    private readonly port: number,
  ) {
    this.url = `http://127.0.0.1:${port}`;
  }

  /** Starts it and waits until it is ready for patients and its paging loop goes round. */
  async start(): Promise<void> {
    const environment = { PATH: process.env['PATH'] ?? '', PORT: String(this.port), ...this.program.environment };
    const child = spawn(process.execPath, this.program.args, { env: environment, stdio: ['ignore', 'ignore', 'pipe'] });
    this.child = child;
    child.stderr.on('data', (chunk: Buffer) => (this.said = `${this.said}${chunk.toString()}`.slice(-4_000)));
    for (const until = performance.now() + START_MS; performance.now() < until && child.exitCode === null;) {
      const ready = await fetch(`${this.url}/readyz`, { signal: AbortSignal.timeout(2_000) }).catch(() => null);
      this.lastAnswer = ready ? String(ready.status) : 'nothing';
      if (ready?.ok) {
        this.isUp = true;
        return;
      }
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    child.kill('SIGKILL');
    throw new Error(
      `Start server: expected it to be ready within ${START_MS / 1000} s; /readyz answered ${this.lastAnswer}; it ended with ${child.exitCode ?? child.signalCode ?? 'nothing'} and said:\n${this.said}`,
    );
  }

  /** As a power cut does. */
  async kill(): Promise<void> {
    await this.end('SIGKILL');
  }

  /** As an administrator does. */
  async stop(): Promise<void> {
    await this.end('SIGTERM');
  }

  private async end(signal: NodeJS.Signals): Promise<void> {
    const { child } = this;
    this.isUp = false;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill(signal);
    await ended;
  }
}

/** A port that nobody listens on. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() =>
        typeof address === 'object' && address ? resolve(address.port) : reject(new Error('Find a free port: got none.')),
      );
    });
  });
}
