import { applyChange } from '../../escalation/apply';
import { remark } from '../../escalation/life';
import { placesOf } from '../../escalation/places';
import type { SmsDeps } from './sms-deps';

/** Writes into every open escalation of a conversation that its patient cannot be texted, once for each reason ("opted_out", "30003"). */
export async function tellStaffCannotText(
  { store, clinics, clock, wordNotice }: SmsDeps,
  patient: { readonly clinicId: string; readonly conversationId: string },
  why: string,
): Promise<void> {
  const open = (await store.listUnresolved(patient.clinicId, 1000)).filter((entry) => placesOf(entry).includes(patient.conversationId));
  for (const { id } of open) {
    const isSaid = (await store.events(id)).some(({ kind, detail }) => kind === 'cannot_text' && detail === why);
    if (isSaid) continue;
    await applyChange<null>({ store, clinics, clock, wordNotice }, id, (escalation, clinic, now) =>
      escalation.resolved ? { other: null } : { change: remark(escalation, 'cannot_text', 'bot', why, { clinic, now }) },
    );
  }
}
