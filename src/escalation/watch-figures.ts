import type { PageMethod } from '../model/clinic';
import type { SendResult } from '../model/escalation';

/** What the loop counts; the metrics page shows it. Ids of clinics and methods only. */
export interface WatchFigures {
  /** One round of the loop, in milliseconds. */
  round(ms: number): void;
  fault(): void;
  /** From the moment an escalation was raised to the moment a provider took its first page. Drills count apart. */
  firstPage(clinicId: string, ms: number, isDrill: boolean): void;
  sent(method: PageMethod | 'patient', result: SendResult): void;
}

/** Counts nothing. */
export const noFigures: WatchFigures = {
  round: () => undefined,
  fault: () => undefined,
  firstPage: () => undefined,
  sent: () => undefined,
};
