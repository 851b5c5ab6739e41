import type { ClinicBook } from '../../model/clinic';
import type { DeliveryReport, StaffDesk } from '../../model/escalation';
import type { Clock } from '../../tools/clock';
import type { Log } from '../../tools/log';

/** A text of somebody who is not staff. */
export interface PatientText {
  readonly from: string;
  readonly to: string;
  readonly text: string;
  readonly messageId: string;
  /** Photos and the like; they are counted, never fetched. */
  readonly media: number;
  /** Set where Twilio itself acted on the text. */
  readonly optOut: 'STOP' | 'START' | 'HELP' | null;
  /** Epoch milliseconds. */
  readonly at: number;
}

/** Everything Twilio's doors need from outside. */
export interface TwilioDeps {
  readonly accountSid: string;
  /** What Twilio signs its requests with. */
  readonly authToken: string;
  /** The address that Twilio knows us by; its signature covers it. */
  readonly publicUrl: string;
  readonly desk: StaffDesk;
  readonly clinics: ClinicBook;
  readonly clock: Clock;
  readonly log: Log;
  /** Takes a text that no member of staff wrote, stored before it resolves; not given: it is answered with nothing. */
  readonly patientText?: (text: PatientText) => Promise<void>;
  /** Hears each report too, as the desk does: it may be about a text to a patient. */
  readonly patientReport?: (report: DeliveryReport) => Promise<void>;
}
