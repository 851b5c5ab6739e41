import { createInterface } from 'node:readline/promises';
import { parseArgs } from 'node:util';
import { AftercareError, reasonOf } from '../tools/errors';
import type { TurnParts } from '../turn/turn-parts';
import { openConversation, readHours } from './open-conversation';

const HOUR = 3_600_000;

/** Talks with the bot in the terminal until the input ends or the user types /quit; /later 5 moves the clock on by five hours. */
export async function runChat(parts: Omit<TurnParts, 'store'>, args: readonly string[], clock: () => number): Promise<number> {
  const hours = readArguments(args);
  let shift = 0;
  const now = (): number => clock() + shift;
  const treated = hours === null ? null : now() - hours * HOUR;
  const talk = openConversation(parts, { now, treatedAt: treated === null ? null : { from: treated, to: treated }, welcomed: false });
  const terminal = createInterface({ input: process.stdin, output: process.stdout, prompt: '> ' });
  process.stdout.write('Type as a patient would. /later 5 moves the clock on by 5 hours, /quit ends.\n');
  terminal.prompt();
  for await (const line of terminal) {
    const later = /^\/later (\d+(?:\.\d+)?)$/.exec(line)?.[1];
    if (line === '/quit') break;
    if (later !== undefined) shift += Number(later) * HOUR;
    else {
      const { replies, outcome } = await talk.say(line);
      for (const reply of replies)
        process.stdout.write(
          `${reply.text}\n${reply.actions.map((action) => `[${action.title}] `).join('')}${reply.actions.length > 0 ? '\n' : ''}`,
        );
      process.stdout.write(`   (${outcome.disposition}; ${outcome.verdict}; ${outcome.topics.join(', ') || 'no topic'})\n`);
    }
    terminal.prompt();
  }
  terminal.close();
  return 0;
}

function readArguments(args: readonly string[]): number | null {
  let given: string | undefined;
  try {
    given = parseArgs({ args: [...args], options: { hours: { type: 'string' } } }).values.hours;
  } catch (error) {
    throw new AftercareError('USAGE', `Reading the command line failed: ${reasonOf(error).split('\n')[0] ?? ''}`);
  }
  return given === undefined ? null : readHours(given);
}
