import { readFileSync } from 'node:fs';
import { LineCounter, isMap, isNode, isScalar, isSeq, parseDocument, visit } from 'yaml';
import type { Document } from 'yaml';
import type { Clinic } from '../model/clinic';
import { clinicSchema } from '../model/clinic';
import { AftercareError, reasonOf } from '../tools/errors';
import type { ClinicFault } from './find-clinic-faults';
import { findClinicFaults } from './find-clinic-faults';

/** Reads one clinic file; throws CLINIC_INVALID that names file, line and field of every fault. */
export function readClinic(file: string): Clinic {
  return parseClinic(readText(file), file);
}

/** The text of a clinic file; throws CLINIC_INVALID when there is none. */
export function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new AftercareError(
      'CLINIC_INVALID',
      `Reading the clinic file ${file} failed (${reasonOf(error).split('\n')[0] ?? ''}): expected a YAML file such as knowledge/clinics/demo.yaml.`,
    );
  }
}

/** Reads the text of a clinic file; `file` is what errors call it. */
export function parseClinic(yaml: string, file: string): Clinic {
  const lines = new LineCounter();
  const document = parseDocument(yaml, { lineCounter: lines, logLevel: 'error' });
  const broken = document.errors.map(
    ({ linePos, message }) => `line ${linePos?.[0].line ?? 1}: ${message.split('\n')[0]!.replace(/ at line.*$/, '')}`,
  );
  if (broken.length > 0) throw invalid(file, broken);
  const result = clinicSchema.safeParse(valueOf(document, lines, file));
  const faults = result.success ? findClinicFaults(result.data) : result.error.issues.flatMap(faultsOf);
  if (result.success && document.has('onCall') && result.data.onCall.steps.length === 0)
    faults.push({ path: ['onCall', 'steps'], message: 'expected at least one step' });
  if (!result.success || faults.length > 0)
    throw invalid(
      file,
      faults
        .map((fault) => ({ fault, line: lineOf(document, lines, fault.path) }))
        .sort((a, b) => a.line - b.line)
        .map(({ fault, line }) => `line ${line}, ${nameOf(fault.path)}: ${fault.message}`),
    );
  return result.data;
}

/** Refuses a reference to nothing, and references so many that they are no clinic. */
function valueOf(document: Document, lines: LineCounter, file: string): unknown {
  const astray: string[] = [];
  visit(document, {
    Alias(_, alias) {
      if (!alias.resolve(document))
        astray.push(`line ${lines.linePos(alias.range?.[0] ?? 0).line}: expected an anchor &${alias.source} before *${alias.source}`);
    },
  });
  if (astray.length > 0) throw invalid(file, astray);
  try {
    return document.toJS();
  } catch (error) {
    throw invalid(file, [`line 1: ${reasonOf(error)}`]);
  }
}

function invalid(file: string, faults: readonly string[]): AftercareError {
  return new AftercareError('CLINIC_INVALID', `Reading the clinic file ${file} failed:\n  ${faults.join('\n  ')}`);
}

type Issue = NonNullable<ReturnType<typeof clinicSchema.safeParse>['error']>['issues'][number];

/** A key that nobody knows is a fault of its own, at its own line. */
function faultsOf(issue: Issue): ClinicFault[] {
  const path = issue.path.filter((key) => typeof key !== 'symbol');
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => ({ path: [...path, key], message: 'is no field of a clinic file' }));
  if (issue.code === 'invalid_key') return issue.issues.map(({ message }) => ({ path, message }));
  return [{ path, message: issue.message.replace(/^Invalid input: /, '').replace('received undefined', 'but it is missing') }];
}

/** "onCall.steps[0].targets[1]" */
function nameOf(path: ClinicFault['path']): string {
  const name = path.map((key) => (typeof key === 'number' ? `[${key}]` : `.${key}`)).join('');
  return name.replace(/^\./, '') || '(whole file)';
}

/** The line of a field, or of the nearest thing around it that is written down. */
function lineOf(document: Document, lines: LineCounter, path: ClinicFault['path']): number {
  let node: unknown = document.contents;
  let offset = 0;
  for (const key of path) {
    if (isMap(node)) {
      const pair = node.items.find((item) => isScalar(item.key) && String(item.key.value) === String(key));
      if (!pair) break;
      offset = isNode(pair.key) ? (pair.key.range?.[0] ?? offset) : offset;
      node = pair.value;
    } else if (isSeq(node)) {
      node = node.items[Number(key)];
      offset = isNode(node) ? (node.range?.[0] ?? offset) : offset;
    } else break;
  }
  return lines.linePos(offset).line;
}
