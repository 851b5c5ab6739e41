import { z } from 'zod';
import type { Assessment, DetectorLevels } from '../model/assessment';
import type { Disposition } from '../model/words';
import { DISPOSITIONS } from '../model/words';

/** A labelled message, in the format of `npm run eval` with its labels. */
export const labelledCase = z.object({
  id: z.union([z.string(), z.number()]),
  text: z.string(),
  hoursSinceTreatment: z.number().nullish(),
  history: z.array(z.string()).optional(),
  now: z.string().nullish(),
  treatedAt: z.string().nullish(),
  disposition: z.array(z.enum(DISPOSITIONS)).min(1),
  group: z.string(),
});

/** One of them. */
export type LabelledCase = z.infer<typeof labelledCase>;

/** A labelled message with what triage made of it. */
export interface HeardCase {
  readonly wanted: LabelledCase;
  readonly assessment: Assessment;
}

/** How often something happened. */
export interface Share {
  readonly count: number;
  readonly of: number;
}

/** What one detector, or both together, get right and wrong. */
export interface DetectorFigures {
  /** Messages that must page and do. */
  readonly urgentOrMore: Share;
  /** Messages that must be an emergency and are. */
  readonly emergency: Share;
  /** Ids of messages that must page and do not. */
  readonly missed: readonly (string | number)[];
  /** Pages on denied, past, supposed or harmless signs. */
  readonly falseOnBenign: Share;
  /** Pages on everyday questions and small talk. */
  readonly falseOnPlain: Share;
  /** Ids of messages that page and must not. */
  readonly falsePages: readonly (string | number)[];
}

/** Whose opinion is measured. */
export const DETECTORS = ['rules', 'statistics', 'pair'] as const;

const BENIGN_GROUPS = new Set(['redflag_negated', 'redflag', 'tricky_mixed']);

/** Figures of each detector alone and of the pair. */
export function detectorFigures(cases: readonly HeardCase[]): Record<(typeof DETECTORS)[number], DetectorFigures> {
  const of = (choose: (assessment: Assessment) => Disposition): DetectorFigures => figuresOf(cases, choose);
  const alone = (name: keyof DetectorLevels): DetectorFigures => of(({ detectors }) => detectors[name]);
  return { rules: alone('rules'), statistics: alone('statistics'), pair: of(({ disposition }) => disposition) };
}

function figuresOf(cases: readonly HeardCase[], choose: (assessment: Assessment) => Disposition): DetectorFigures {
  const rows = cases.map(({ wanted, assessment }) => {
    const levels = wanted.disposition.map(level);
    return { wanted, least: Math.min(...levels), most: Math.max(...levels), got: level(choose(assessment)) };
  });
  const urgent = level('urgent');
  const danger = rows.filter(({ least }) => least >= urgent);
  const emergencies = rows.filter(({ least }) => least === level('emergency'));
  const calm = rows.filter(({ most }) => most < urgent);
  const isBenign = ({ wanted }: (typeof rows)[number]): boolean => BENIGN_GROUPS.has(wanted.group);
  const pages = ({ got }: (typeof rows)[number]): boolean => got >= urgent;
  const ids = (of: typeof rows): (string | number)[] => of.map(({ wanted }) => wanted.id);
  const share = (of: typeof rows, holds: (row: (typeof rows)[number]) => boolean): Share => ({
    count: of.filter(holds).length,
    of: of.length,
  });
  return {
    urgentOrMore: share(danger, pages),
    emergency: share(emergencies, ({ got }) => got === level('emergency')),
    missed: ids(danger.filter((row) => !pages(row))),
    falseOnBenign: share(calm.filter(isBenign), pages),
    falseOnPlain: share(
      calm.filter((row) => !isBenign(row)),
      pages,
    ),
    falsePages: ids(calm.filter(pages)),
  };
}

function level(disposition: Disposition): number {
  return DISPOSITIONS.indexOf(disposition);
}
