import { parseArgs } from 'node:util';
import type { AnswerRow } from '../guide/answer-row';
import { findAnswerFaults } from '../guide/find-answer-faults';
import { readClinic } from '../guide/read-clinic';
import { clinicSchema } from '../model/clinic';
import type { Knowledge } from '../model/knowledge';
import { AftercareError, reasonOf } from '../tools/errors';
import type { TurnParts } from '../turn/turn-parts';
import type { CheckedRow } from './answer-row';
import { printAnswers } from './print-answers';
import { listFlagAnswers, listTalk } from './list-talk';
import { listTopicAnswers } from './list-topic-answers';
import type { SpeakParts } from './speak';

/** A clinic whose name, number and opening times are about as long as they get, so that no real one makes a text longer. */
export const LONGEST_CLINIC = clinicSchema.parse({
  id: 'longest',
  name: 'Lakeshore Skin and Laser Clinic',
  phone: '1 (555) 010-0199',
  zone: 'America/New_York',
  hours: { mon: ['10:30-18:30'], tue: ['10:30-18:30'], wed: ['10:30-18:30'], thu: ['10:30-18:30'], fri: ['10:30-18:30'], sat: [], sun: [] },
  staff: [{ id: 'ana', name: 'Ana', contacts: [{ method: 'sms', to: '+15550100101' }] }],
  onCall: { steps: [{ targets: ['ana'] }] },
});
/** A Tuesday evening at 10:40 pm in December: clock times with four digits, days with two, and a closed clinic. */
export const LATE_EVENING = Date.parse('2026-12-22T22:40:00-05:00');

/** Lists everything that the bot can say, each with what is wrong with it. `topics` limits the list to some topics and flags. */
export async function listAnswers(parts: SpeakParts, topics: readonly string[] = []): Promise<CheckedRow[]> {
  const { knowledge } = parts;
  const isWanted = ({ id }: { readonly id: string }): boolean => topics.length === 0 || topics.includes(id);
  const rows: AnswerRow[] = [];
  for (const topic of [...knowledge.topics.values()].filter(isWanted)) rows.push(...(await listTopicAnswers(parts, topic)));
  for (const flag of [...knowledge.flags.values()].filter(isWanted)) rows.push(...(await listFlagAnswers(parts, flag)));
  if (topics.length === 0) rows.push(...(await listTalk(parts)));
  return rows.map((row) => ({ ...row, faults: findAnswerFaults(row, row.kind === 'topic' ? knowledge.topics.get(row.topic) : undefined) }));
}

/** Entries for which a dialog speaks with a phrase of its own. */
const SPOKEN_BY_DIALOG = new Set(['photo_sent', 'C16']);

/** Texts that nothing leads to: answers of topics, and what a red flag tells. Each as file and field. */
export function findUnsaid({ topics, flags }: Knowledge, rows: readonly AnswerRow[]): string[] {
  const onWeb = rows.filter((row) => row.channel === 'web');
  const answers = [...topics.values()].flatMap(({ id, words }) =>
    Object.entries(words.answers).map(([say, text]) => ({ id, say, text, at: `topics/${id}/en.yaml: answers.${say}` })),
  );
  const told = [...flags.values()]
    .filter((flag) => flag.tier !== 'self_care')
    .map(({ id, folder, words }) => ({ id, say: null, text: words.told, at: `red-flags/${folder}/en.yaml: told` }));
  return [...answers, ...told]
    .filter(({ id }) => !SPOKEN_BY_DIALOG.has(id))
    .filter(({ id, say, text }) => !onWeb.some((row) => row.topic === id && row.say === say && holdsText(row.text, text)))
    .map(({ at }) => `${at}: nothing leads to it`);
}

/** Whether a filled text holds all that stands between the placeholders of another. */
function holdsText(filled: string, text: string): boolean {
  return text.split(/\{\w+\}/).every((piece) => filled.includes(piece));
}

/** Prints the table of answers. Returns 1 when a text breaks a rule, else 0; throws USAGE in one line when the arguments are wrong. */
export async function runAnswers(
  parts: Pick<TurnParts, 'knowledge' | 'dialogs'>,
  args: readonly string[],
  print: (line: string) => void,
): Promise<number> {
  const values = readArguments(args);
  const topics = values.topic ?? [];
  const known = new Set([...parts.knowledge.topics.keys(), ...parts.knowledge.flags.keys()]);
  const unknown = topics.find((topic) => !known.has(topic));
  if (unknown !== undefined)
    throw new AftercareError('USAGE', `Listing answers failed: expected a topic or a flag such as makeup or U02, got "${unknown}".`);
  const clinic = values.clinic === undefined ? LONGEST_CLINIC : readClinic(values.clinic);
  const rows = await listAnswers({ ...parts, clinic, now: LATE_EVENING }, topics);
  const unsaid = topics.length === 0 ? findUnsaid(parts.knowledge, rows) : [];
  const wrong = rows.filter((row) => row.faults.length > 0);
  printAnswers(values.faults ? wrong : rows, values.json ? 'json' : values.csv ? 'csv' : 'table', print);
  if (values.json) for (const line of unsaid) print(JSON.stringify({ kind: 'unsaid', faults: [line] }));
  else if (!values.csv) {
    for (const line of unsaid) print(`UNSAID ${line}`);
    print(`${rows.length} answers, ${wrong.length} break a rule; ${unsaid.length} texts are never said`);
  }
  return wrong.length + unsaid.length > 0 ? 1 : 0;
}

function readArguments(args: readonly string[]): { topic?: string[]; clinic?: string; json?: boolean; csv?: boolean; faults?: boolean } {
  try {
    return parseArgs({
      args: [...args],
      options: {
        topic: { type: 'string', multiple: true },
        clinic: { type: 'string' },
        json: { type: 'boolean' },
        csv: { type: 'boolean' },
        faults: { type: 'boolean' },
      },
    }).values;
  } catch (error) {
    throw new AftercareError('USAGE', `Reading the command line failed: ${reasonOf(error).split('\n')[0] ?? ''}`);
  }
}
