import { parseArgs } from 'node:util';
import { readClinic } from '../guide/read-clinic';
import { AftercareError, reasonOf } from '../tools/errors';
import type { TurnParts } from '../turn/turn-parts';
import { openConversation, readHours, readInstant } from './open-conversation';

const HOUR = 3_600_000;

/** Answers one question on the command line. Returns the exit code; throws USAGE in one line when the arguments are wrong. */
export async function runAsk(
  parts: Omit<TurnParts, 'store'>,
  args: readonly string[],
  print: (line: string) => void,
  clock: () => number,
): Promise<number> {
  const { values, positionals } = readArguments(args);
  const [question] = positionals;
  if (positionals.length !== 1 || question === undefined)
    throw new AftercareError(
      'USAGE',
      'Asking failed: expected one question in quotes, as in `npm run --silent ask -- "can I wear makeup tomorrow?" --hours 30`.',
    );
  const clinic = values.clinic === undefined ? parts.clinic : readClinic(values.clinic);
  const now = values.now === undefined ? clock() : readInstant(values.now, clinic, '--now');
  if (values.hours !== undefined && values.treated !== undefined)
    throw new AftercareError('USAGE', 'Asking failed: expected --hours or --treated, got both.');
  const hours = values.hours === undefined ? null : readHours(values.hours);
  const treated =
    values.treated !== undefined ? readInstant(values.treated, clinic, '--treated') : hours === null ? null : now - hours * HOUR;
  const talk = openConversation(
    { ...parts, clinic },
    { now: () => now, treatedAt: treated === null ? null : { from: treated, to: treated }, welcomed: true },
  );
  const { replies, outcome } = await talk.say(question);
  const text = replies.map((reply) => reply.text).join('\n');
  const suggestedActions = replies.flatMap((reply) => reply.actions.map((action) => action.title));
  if (values.json) print(JSON.stringify({ id: 'ask', reply: text, ...outcome, suggestedActions }));
  else print(suggestedActions.length > 0 ? `${text}\n[${suggestedActions.join('] [')}]` : text);
  return 0;
}

function readArguments(args: readonly string[]): {
  values: { hours?: string; treated?: string; now?: string; clinic?: string; json?: boolean };
  positionals: string[];
} {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        hours: { type: 'string' },
        treated: { type: 'string' },
        now: { type: 'string' },
        clinic: { type: 'string' },
        json: { type: 'boolean' },
      },
    });
  } catch (error) {
    throw new AftercareError('USAGE', `Reading the command line failed: ${reasonOf(error).split('\n')[0] ?? ''}`);
  }
}
