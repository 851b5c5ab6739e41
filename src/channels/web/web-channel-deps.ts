import type { ConversationLog, PatientLinks, PatientPages, PatientTurns, WebClinic } from '../../model/web-edge';

import type { WebLimits } from './rate-limit';
import type { WidgetFiles } from './widget-files';

/** Everything the web channel needs from outside. */
export interface WebChannelDeps {
  readonly turns: PatientTurns;
  readonly log: ConversationLog;
  readonly links: PatientLinks;
  /** Epoch milliseconds. */
  readonly clock: () => number;
  /** At least 32 bytes; keys for tokens, streams and the Direct Line secret are derived from it. */
  readonly secret: Buffer;
  /** The address patients see, e.g. `https://chat.clinic.example`; null: taken from each request (demo on one machine). */
  readonly publicUrl: string | null;
  /** The clinics of this installation, read at each request as clinics come and go; the first is meant where a request names none. */
  readonly clinics: readonly [WebClinic, ...WebClinic[]];
  readonly pages: PatientPages;
  readonly widget: WidgetFiles;
  readonly limits: WebLimits;
  /** Told of failures on our side, with the code and the cause; the cause may hold anything, so log its class and code only. */
  readonly onFault?: (code: string, cause: unknown) => void;
}
