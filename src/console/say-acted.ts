import type { Clinic, ClinicBook } from '../model/clinic';
import type { Acted, Escalation } from '../model/escalation';
import { nameOf } from './names';
import { sayMoment } from './say-time';

/** What came of something that was done, in one sentence; `done` says the good end, e.g. "Ref 12 is yours." */
export function sayActed(
  acted: Acted,
  done: (escalation: Escalation) => string,
  context: { readonly clinics: ClinicBook; readonly now: number },
): string {
  switch (acted.kind) {
    case 'done':
      return done(acted.escalation);
    case 'taken_already': {
      const clinic = context.clinics.get(acted.escalation.clinicId);
      return `${nameOf(acted.by, clinic)} took it at ${sayMoment(acted.at, context.now, clinic.zone)}, nothing changed.`;
    }
    case 'resolved_already': {
      const { escalation } = acted;
      return `Ref ${escalation.ref} is closed${sayCloser(escalation, context.clinics.get(escalation.clinicId), context.now)}, nothing changed.`;
    }
    case 'not_found':
      return 'There is no such escalation any more, nothing changed.';
    case 'refused':
      return acted.why;
  }
}

/** " (Ana, 9:20 pm)", or nothing while it is open. */
export function sayCloser({ resolved }: Escalation, clinic: Clinic, now: number): string {
  return resolved ? ` (${nameOf(resolved.by, clinic)}, ${sayMoment(resolved.at, now, clinic.zone)})` : '';
}
