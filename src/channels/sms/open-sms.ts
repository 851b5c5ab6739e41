import type { DeliveryReport } from '../../model/escalation';
import { AftercareError } from '../../tools/errors';
import type { PatientText } from '../twilio';
import { makeTextHearer } from './hear-texts';
import type { PushText } from './push-text';
import { makePushText } from './push-text';
import { FIRST_LOOK_MS, LATER_LOOK_MS, YOUNG_MS, reconcile } from './reconcile';
import type { SmsDeps } from './sms-deps';
import { takeTextReport } from './take-report';

/** Patients by text: in, out, what became of it, and what never came. */
export interface SmsChannel {
  /** Resolves once a patient's text is stored for good. */
  readonly take: (text: PatientText) => Promise<void>;
  readonly push: PushText;
  readonly takeReport: (report: DeliveryReport) => Promise<void>;
  /** Looks for texts that never came, and goes on with what waits; then again every few minutes. */
  start(): void;
  /** One such look; resolves to how many texts were found. */
  reconcile(isFirst: boolean): Promise<number>;
  /** Goes on with what waits, after a restart or a failure. */
  lookAgain(): Promise<void>;
  stop(): void;
}

const RECONCILE_EVERY_MS = 5 * 60_000;
const LOOK_AGAIN_EVERY_MS = 5_000;

/** Opens the channel; throws CLINIC_INVALID when two clinics share a number, because a text says nothing else of who is meant. */
export function openSms(given: SmsDeps): SmsChannel {
  refuseSharedNumbers(given);
  let isStopped = false;
  const deps: SmsDeps = { ...given, after: (ms, work) => given.after(ms, () => (isStopped ? undefined : work())) };
  const hearer = makeTextHearer(deps);
  const look = (isFirst: boolean): Promise<number> =>
    reconcile(deps, (texts) => hearer.takeAll(texts), isFirst ? FIRST_LOOK_MS : LATER_LOOK_MS);
  const orSay = async (work: () => Promise<unknown>): Promise<void> => {
    try {
      await work();
    } catch (error) {
      deps.log.error({ err: error }, 'looking for texts of patients failed and is tried again');
    }
  };
  const again = async (everyMs: number, work: () => Promise<unknown>): Promise<void> => {
    await orSay(work);
    deps.after(everyMs, () => void again(everyMs, work));
  };
  return {
    take: (text) => hearer.take(text),
    push: makePushText(deps),
    takeReport: (report) => takeTextReport(deps, report),
    reconcile: look,
    lookAgain: () => hearer.lookAgain(),
    start() {
      let isFirst = true;
      void again(LOOK_AGAIN_EVERY_MS, () => hearer.lookAgain());
      void again(RECONCILE_EVERY_MS, async () => {
        await look(isFirst);
        // What was too young to be missed at the start is not left for minutes.
        if (isFirst) deps.after(YOUNG_MS, () => void orSay(() => look(false)));
        isFirst = false;
      });
    },
    stop: () => void (isStopped = true),
  };
}

function refuseSharedNumbers({ clinics }: SmsDeps): void {
  const owners = new Map<string, string>();
  for (const { id, smsNumber } of clinics.all()) {
    if (smsNumber === undefined) continue;
    const owner = owners.get(smsNumber);
    if (owner !== undefined)
      throw new AftercareError(
        'CLINIC_INVALID',
        `Opening the text channel failed: expected a smsNumber of its own for each clinic, got the same for ${owner} and ${id}.`,
      );
    owners.set(smsNumber, id);
  }
}
