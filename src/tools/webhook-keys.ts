import type { ClinicBook } from '../model/clinic';
import { deriveWebhookKey } from './webhook-signature';

/** The keys of a person's webhooks, newest first. */
export type WebhookKeys = (clinicId: string, personId: string) => readonly string[];

/** Keys that the contact gives in the clinic file, two while they are being changed; else one derived from the installation's secret. */
export function makeWebhookKeys(clinics: ClinicBook, secret: Buffer): WebhookKeys {
  return (clinicId, personId) => {
    const person = clinics.get(clinicId).staff.find((one) => one.id === personId);
    const given = person?.contacts.find((contact) => contact.method === 'webhook' && contact.keys !== undefined)?.keys;
    return given ?? [deriveWebhookKey(secret, clinicId, personId)];
  };
}
