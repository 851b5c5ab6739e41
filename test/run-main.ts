import { spawn, spawnSync } from 'node:child_process';
import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { join } from 'node:path';

const root = join(__dirname, '..');

/** What a finished command left behind. */
export interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the program itself, from its sources, with nothing of this environment but what is given. */
export function runMain(args: readonly string[], environment: Readonly<Record<string, string>> = {}): Finished {
  const { status, stdout, stderr } = spawnSync(process.execPath, nodeArguments('src/main.ts', args), {
    cwd: root,
    encoding: 'utf8',
    env: childEnvironment(environment),
    timeout: 120_000,
  });
  return { code: status, stdout, stderr };
}

/** Starts one of our TypeScript files as a process of its own. */
export function startTypeScript(
  file: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): ChildProcessWithoutNullStreams {
  return spawn(process.execPath, nodeArguments(file, args), { cwd: root, env: childEnvironment(environment) });
}

function nodeArguments(file: string, args: readonly string[]): string[] {
  return ['-r', join(__dirname, 'run-typescript.js'), join(root, file), ...args];
}

function childEnvironment(environment: Readonly<Record<string, string>>): Record<string, string> {
  return { PATH: process.env['PATH'] ?? '', ...environment };
}
