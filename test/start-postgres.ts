import type { ChildProcess } from 'node:child_process';
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { chownSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { Client } from 'pg';

/** A throw-away PostgreSQL server, made from the machine's own binaries. */
export interface TestPostgres {
  /** Makes an empty schema, which whoever connects sees as a database of its own, and gives its address: much faster than a database. */
  newDatabase(): Promise<string>;
  /** Stops every process of the server where it stands, as a machine that hangs does; `thaw` lets them go on. */
  freeze(): void;
  thaw(): void;
  /** Takes the server down as a fast shutdown does, and keeps its data; `start` brings it back on the same port. */
  halt(): Promise<void>;
  start(): Promise<void>;
  /** Ends the server and removes its data. */
  stop(): Promise<void>;
}

/** The folder of the machine's PostgreSQL programs; null where there are none, which is said once on standard error. */
export function findPostgres(): string | null {
  const installed = '/usr/lib/postgresql';
  const debian = listFolder(installed)
    .sort((a, b) => Number(b) - Number(a))
    .map((version) => join(installed, version, 'bin'));
  const folders = [...debian, ...(process.env['PATH'] ?? '').split(delimiter)];
  const found = folders.find((folder) => ['initdb', 'postgres'].every((program) => listFolder(folder).includes(program)));
  if (!found && !hasSaid) {
    process.stderr.write(
      'SKIPPED: tests on PostgreSQL, because this machine has no initdb and postgres (Debian: apt-get install postgresql)\n',
    );
    hasSaid = true;
  }
  return found ?? null;
}

let hasSaid = false;

/** Starts a server with its own data folder. It refuses to run as root, so that root lends it another user. */
export async function startPostgres(binaries: string): Promise<TestPostgres> {
  const folder = mkdtempSync(join(tmpdir(), 'aftercare-postgres-'));
  const user = process.getuid?.() === 0 ? lentUser() : null;
  if (user) chownSync(folder, user.uid, user.gid);
  const data = join(folder, 'data');
  const made = spawnSync(join(binaries, 'initdb'), ['-D', data, '-U', 'test', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync'], {
    ...user,
    cwd: folder,
    encoding: 'utf8',
  });
  if (made.status !== 0) throw new Error(`Make a PostgreSQL data folder: expected exit code 0, got ${made.stderr || String(made.error)}`);
  const port = await freePort();
  const url = `postgresql://test@127.0.0.1:${port}/postgres`;
  const start = (): Promise<Server> => launch({ program: join(binaries, 'postgres'), data, port, user }, url);
  let server = await start();
  let schemas = 0;
  const halt = (): Promise<void> => end(server);
  return {
    async newDatabase() {
      const name = `test_${(schemas += 1)}`;
      await withClient(url, (client) => client.query(`create schema ${name}`));
      return `${url}?options=-csearch_path%3D${name}`;
    },
    freeze: () => signalAll(server.postmaster, 'SIGSTOP'),
    thaw: () => signalAll(server.postmaster, 'SIGCONT'),
    halt,
    start: async () => void (server = await start()),
    async stop() {
      await halt();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

interface Server {
  readonly keeper: ChildProcess;
  readonly postmaster: number;
}

/** A shell holds the server and takes it down when this process is gone, however it went. */
const KEEPER = '"$@" >&2 & server=$!; echo $server; cat >/dev/null; kill -INT $server; wait $server';

async function launch(
  given: { readonly program: string; readonly data: string; readonly port: number; readonly user: object | null },
  url: string,
): Promise<Server> {
  const settings = ['-h', '127.0.0.1', '-p', String(given.port), '-k', '', '-c', 'max_connections=200'];
  const keeper = spawn('sh', ['-c', KEEPER, 'sh', given.program, '-D', given.data, ...settings], { ...given.user, cwd: given.data });
  const log: string[] = [];
  keeper.stderr.on('data', (chunk: Buffer) => log.push(chunk.toString()));
  const postmaster = await new Promise<number>((resolve) => keeper.stdout.once('data', (line: Buffer) => resolve(Number(line.toString()))));
  for (let tries = 0; tries < 200; tries++) {
    try {
      await withClient(url, (client) => client.query('select 1'));
      return { keeper, postmaster };
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 50)); // not up yet
    }
  }
  throw new Error(`Start PostgreSQL: expected it to answer within 10 s; it said:\n${log.join('')}`);
}

/** The server and its children: each connection has a process of its own. */
function signalAll(postmaster: number, signal: NodeJS.Signals): void {
  const children = execFileSync('ps', ['-o', 'pid=', '--ppid', String(postmaster)], { encoding: 'utf8' });
  for (const pid of [postmaster, ...children.trim().split(/\s+/).map(Number)]) process.kill(pid, signal);
}

async function end({ keeper }: Server): Promise<void> {
  if (keeper.exitCode !== null) return;
  const ended = new Promise((resolve) => keeper.once('exit', resolve));
  keeper.stdin?.end();
  await ended;
}

async function withClient(url: string, use: (client: Client) => Promise<unknown>): Promise<void> {
  const client = new Client({ connectionString: url });
  client.on('error', () => undefined); // a server that goes down is met by the query
  await client.connect();
  try {
    await use(client);
  } finally {
    await client.end();
  }
}

/** Debian's package makes a user "postgres"; "nobody" is everywhere. */
function lentUser(): { readonly uid: number; readonly gid: number } {
  const name = spawnSync('id', ['-u', 'postgres']).status === 0 ? 'postgres' : 'nobody';
  const numberOf = (flag: string): number => Number(execFileSync('id', [flag, name], { encoding: 'utf8' }));
  return { uid: numberOf('-u'), gid: numberOf('-g') };
}

function freePort(): Promise<number> {
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

function listFolder(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return []; // not there
  }
}
