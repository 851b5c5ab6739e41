import type { DeliveryReport } from '../../model/escalation';
import type { SmsDeps } from './sms-deps';
import { tellStaffCannotText } from './tell-staff';
import { readTextId } from './text-id';

/** Twilio's word for a number that has opted out there. */
const OPTED_OUT = '21610';

/** Takes what became of a text to a patient; reports about pages of staff are left alone. */
export async function takeTextReport(deps: SmsDeps, { providerId, pageId, status, code, at }: DeliveryReport): Promise<void> {
  const { texts, patients } = deps.store.sms;
  const about = await texts.report({ providerId, key: readTextId(pageId) }, { state: status, code, at });
  if (!about || status !== 'failed') return;
  const patient = await patients.ofConversation(about.conversationId);
  if (!patient) return;
  if (code === OPTED_OUT) await patients.setOptOut(patient.id, { at, by: 'carrier', textId: null });
  await tellStaffCannotText(deps, patient, code === OPTED_OUT ? 'opted_out' : (code ?? 'failed'));
}
