import type { Disposition } from '../../src/model/words';
import type { Assessment } from '../../src/model/assessment';
import { higherDisposition } from '../../src/model/words';
import type { Minds } from '../../src/assemble-minds';
import { hearMessages } from '../../src/turn/hear-messages';
import type { Hear } from './measure';

const NOW = Date.UTC(2026, 2, 9, 15);
const HOUR = 3_600_000;
const APART_MS = 60_000;

/** Hears messages with understanding and triage alone, as a turn would, without dialogs and storage. */
export function makeHear(minds: Minds): Hear {
  return (texts, hours) =>
    hearMessages(minds, { texts, at: NOW, treatedAt: hours === null ? null : NOW - hours * HOUR, apartMs: APART_MS })
      .map((assessment) => assessment.disposition)
      .reduce<Disposition>(higherDisposition, 'none');
}

/** Triage of a conversation's only message. */
export function assessOnce(minds: Minds): (text: string, hours: number | null) => Assessment {
  return (text, hours) =>
    hearMessages(minds, { texts: [text], at: NOW, treatedAt: hours === null ? null : NOW - hours * HOUR, apartMs: APART_MS })[0]!;
}
