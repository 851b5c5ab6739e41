import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { AftercareError, reasonOf } from '../tools/errors';
import type { TurnParts } from '../turn/turn-parts';
import { openConversation, readInstant } from './open-conversation';

const caseSchema = z.object({
  id: z.union([z.string(), z.number()]),
  text: z.string(),
  hoursSinceTreatment: z.number().nullish(),
  history: z.array(z.string()).nullish(),
  now: z.string().nullish(),
  treatedAt: z.string().nullish(),
});

const HOUR = 3_600_000;

/** Answers a file of cases, one JSON line each, in order; a bad line gives an error on its place. Returns the exit code. */
export async function runEval(
  parts: Omit<TurnParts, 'store'>,
  args: readonly string[],
  print: (line: string) => void,
  now: () => number,
): Promise<number> {
  const [file] = args;
  if (args.length !== 1 || file === undefined)
    throw new AftercareError('USAGE', 'Running eval failed: expected one file, as in `npm run --silent eval -- cases.jsonl`.');
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new AftercareError('USAGE', `Reading ${file} failed (${reasonOf(error)}): expected a file of JSON lines.`);
  }
  let failed = false;
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue;
    try {
      print(JSON.stringify(await answerCase(parts, JSON.parse(line), now)));
    } catch (error) {
      failed = true;
      print(
        JSON.stringify({
          ...idOf(line),
          error: `line ${index + 1}: ${error instanceof z.ZodError ? z.prettifyError(error).replace(/\s+/g, ' ') : reasonOf(error)}`,
        }),
      );
    }
  }
  return failed ? 1 : 0;
}

async function answerCase(parts: Omit<TurnParts, 'store'>, raw: unknown, clock: () => number): Promise<object> {
  const given = caseSchema.parse(raw);
  const now = given.now == null ? clock() : readInstant(given.now, parts.clinic, 'now');
  const record =
    given.treatedAt != null
      ? readInstant(given.treatedAt, parts.clinic, 'treatedAt')
      : given.hoursSinceTreatment != null
        ? now - given.hoursSinceTreatment * HOUR
        : null;
  const talk = openConversation(parts, {
    now: () => now,
    treatedAt: record === null ? null : { from: record, to: record },
    welcomed: true,
  });
  for (const earlier of given.history ?? []) await talk.say(earlier);
  const { replies, outcome } = await talk.say(given.text);
  const { topics, verdict, verdicts, disposition, intent, confidence, hoursSinceTreatment, citations } = outcome;
  return {
    id: given.id,
    reply: replies.map((reply) => reply.text).join('\n'),
    ...{ topics, verdict, verdicts, disposition, intent, confidence, hoursSinceTreatment, citations },
    suggestedActions: replies.flatMap((reply) => reply.actions.map((action) => action.title)),
  };
}

/** The id of a line that could be read that far. */
function idOf(line: string): { id?: string | number } {
  try {
    const { data } = z.object({ id: caseSchema.shape.id }).safeParse(JSON.parse(line));
    return data ?? {};
  } catch {
    const id = /"id"\s*:\s*"([^"\\]*)"/.exec(line)?.[1];
    return id === undefined ? {} : { id };
  }
}
