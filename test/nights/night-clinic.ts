import type { Clinic } from '../../src/model/clinic';
import { clinicSchema } from '../../src/model/clinic';

/** The clinic of the nights: Ana on step 1 (text, then a call), Ben on step 2, Dr. Cho as fallback. */
export function nightClinic(changed: object = {}): Clinic {
  return clinicSchema.parse({
    ...{ id: 'glow', name: 'Glow Clinic', phone: '(555) 010-0199', zone: 'America/New_York', smsNumber: '+15550100199' },
    hours: { mon: ['09:00-18:00'], tue: ['09:00-18:00'], wed: ['09:00-18:00'], thu: ['09:00-18:00'], fri: ['09:00-18:00'] },
    staff: [
      {
        ...{ id: 'ana', name: 'Ana' },
        contacts: [
          { method: 'sms', to: '+15550100101', verified: true },
          { method: 'voice', to: '+15550100101', verified: true },
        ],
      },
      {
        ...{ id: 'ben', name: 'Ben' },
        contacts: [
          { method: 'sms', to: '+15550100102', verified: true },
          { method: 'email', to: 'ben@clinic.example', verified: true },
        ],
      },
      { id: 'cho', name: 'Cho', contacts: [{ method: 'sms', to: '+15550100103', verified: true }] },
    ],
    onCall: { steps: [{ targets: ['ana'] }, { targets: ['ben'] }], fallback: 'cho' },
    ...changed,
  });
}
