import type { Clinic, ClinicBook } from '../model/clinic';
import type { Escalation, EscalationStore } from '../model/escalation';
import type { Clock } from '../tools/clock';
import type { Log } from '../tools/log';
import { noticeContact } from './change';
import { nextStep } from './next-step';
import { fallbackOf } from './on-call';

/** An escalation that is not where its clocks say it should be. */
export interface Lapse {
  readonly escalation: Escalation;
  readonly why: 'at_rest' | 'late' | 'page_not_sent' | 'step_missed';
  /** Since when, in epoch milliseconds. */
  readonly since: number;
}

/** The loop needs a moment; what is later than this is a lapse. */
const GRACE_MS = 15_000;

/**
 * Compares every open escalation with what next-step says should have happened by now: one that waits for nothing, a look that was
 * missed, a page that never left, a step that should have been paged. Pure.
 */
export function findLapses(escalations: readonly Escalation[], clinicOf: (clinicId: string) => Clinic, now: number): Lapse[] {
  return escalations.flatMap((escalation): Lapse[] => {
    if (escalation.resolved) return [];
    if (escalation.nextAt === null) return [{ escalation, why: 'at_rest', since: escalation.raisedAt }];
    if (escalation.nextAt < now - GRACE_MS) return [{ escalation, why: 'late', since: escalation.nextAt }];
    const stuck = escalation.pages.find((page) => page.status === 'queued' && page.dueAt < now - GRACE_MS);
    if (stuck) return [{ escalation, why: 'page_not_sent', since: stuck.dueAt }];
    const missed = nextStep(escalation, clinicOf(escalation.clinicId), now - GRACE_MS);
    return missed.send.some(({ sending }) => sending.kind === 'page') ? [{ escalation, why: 'step_missed', since: now - GRACE_MS }] : [];
  });
}

/** What the auditor needs. */
export interface AuditDeps {
  readonly store: Pick<EscalationStore, 'listUnresolved' | 'addSending'>;
  readonly clinics: ClinicBook;
  readonly clock: Clock;
  readonly log: Log;
  /** How many lapses stand at the moment. */
  readonly onAudit: (lapses: readonly Lapse[], open: readonly Escalation[]) => void;
}

const MOST_AUDITED = 20_000;
/** The fallback person hears of the lapses of one clinic once in this time. */
const ALARM_EVERY_MS = 10 * 60_000;

/** Looks once; alarms by metric, log and a notice to the clinic's fallback person. */
export async function audit({ store, clinics, clock, log, onAudit }: AuditDeps): Promise<readonly Lapse[]> {
  const now = clock();
  const open = await store.listUnresolved(null, MOST_AUDITED);
  const lapses = findLapses(open, (clinicId) => clinics.get(clinicId), now);
  onAudit(lapses, open);
  for (const { escalation, why, since } of lapses)
    log.error({ escalation: escalation.id, clinic: escalation.clinicId, why, lateMs: now - since }, 'an escalation is late');
  for (const clinicId of new Set(lapses.map(({ escalation }) => escalation.clinicId))) {
    const person = fallbackOf(clinics.get(clinicId));
    const contact = person && noticeContact(person);
    if (!person || !contact) continue;
    await store.addSending({
      dedupeKey: `alarm|${clinicId}|${Math.floor(now / ALARM_EVERY_MS)}`,
      ...{ clinicId, priority: 0, dueAt: now },
      sending: {
        ...{ kind: 'notice', notice: 'alarm', escalationId: null, personId: person.id, method: contact.method, to: contact.to },
        details: { count: String(lapses.filter(({ escalation }) => escalation.clinicId === clinicId).length) },
      },
    });
  }
  return lapses;
}
