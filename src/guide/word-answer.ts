import type { Clinic } from '../model/clinic';
import type { Knowledge } from '../model/knowledge';
import type { TimeSpan } from '../model/words';
import { sayClock } from '../tools/say-clock';
import { latestOf, sayDay, sayOpening, sayTime } from './clinic-clock';
import type { TopicStanding } from './find-standing';

const HOUR = 3_600_000;
/** A time known less exactly than this is said as a day. */
const EXACT_ENOUGH_MS = 3 * HOUR;

/** What the placeholders of a text are filled from. */
export interface Wording {
  readonly clinic: Clinic;
  readonly now: number;
  readonly treatedAt: TimeSpan | null;
}

/** Fills {clinic}, {phone}, {now}, {clinicOpens}, {treatedAt} and the given others; throws on a placeholder that nobody fills. */
export function fillText(text: string, wording: Wording, others: Readonly<Record<string, string>> = {}): string {
  return text.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = others[name] ?? commonValue(name, wording);
    if (value === undefined) throw new Error(`Filling a text failed: nothing fills {${name}}.`);
    return value;
  });
}

function commonValue(name: string, { clinic, now, treatedAt }: Wording): string | undefined {
  switch (name) {
    case 'clinic':
      return clinic.name;
    case 'phone':
      return clinic.phone;
    case 'now':
      return sayClock(now, clinic.zone);
    case 'clinicOpens': {
      const opening = sayOpening(clinic, now);
      return opening === 'now' ? 'are open now' : `open ${opening}`;
    }
    case 'treatedAt':
      if (!treatedAt) return undefined;
      return treatedAt.to - treatedAt.from > EXACT_ENOUGH_MS
        ? sayDay(treatedAt.from, now, clinic.zone)
        : sayTime(latestOf(treatedAt), now, clinic.zone);
    default:
      return undefined;
  }
}

/** The answer to one topic in words. {opens} becomes the local clock time at which the next allowed window begins. */
export function wordAnswer(knowledge: Knowledge, standing: TopicStanding, wording: Wording): string {
  const topic = knowledge.topics.get(standing.topic);
  const text = topic?.words.answers[standing.say] ?? '';
  const { treatedAt, clinic, now } = wording;
  const opens =
    treatedAt && standing.opensAtHours !== null
      ? sayTime(latestOf(treatedAt) + standing.opensAtHours * HOUR, now, clinic.zone)
      : 'the time your clinic gives you';
  return fillText(text, wording, { opens });
}

/** The guide sections behind an answer, in the guide's order. */
export function sectionsOf(knowledge: Knowledge, facts: readonly string[]): string[] {
  const sections = new Set(facts.map((fact) => knowledge.treatment.facts.find((entry) => entry.id === fact)?.section ?? ''));
  return knowledge.treatment.sections.filter((section) => sections.has(section));
}

/** A section's name as the guide prints it, without our own remark in brackets; or its short name. */
export function nameSection(knowledge: Knowledge, section: string, { isShort }: { isShort: boolean }): string {
  return (isShort ? knowledge.treatment.shortSections[section] : undefined) ?? section.replace(/ \(.*\)$/, '');
}
