import { z } from 'zod';

import type { WebClinic } from '../../model/web-edge';

import { Refusal } from './refusal';
import type { WebChannelDeps } from './web-channel-deps';

const clinicIdField = z
  .string()
  .regex(/^[\w-]{1,64}$/)
  .optional();

/** What a page may name when it asks for a token. */
export const clinicChoice = z.object({ clinic: clinicIdField });

/** The clinic that a request is for: the named one, else the first. */
export function chooseClinic(clinics: WebChannelDeps['clinics'], id: string | undefined): WebClinic {
  const clinic = id === undefined ? clinics[0] : clinics.find((candidate) => candidate.id === id);
  if (clinic === undefined) {
    throw new Refusal('clinic_not_found', 'Find clinic: none has this id here; expected one from "npm run widget:embed", or none');
  }
  return clinic;
}

/** Refuses a page of one clinic that asks for another; our own pages and requests without Origin pass, as everywhere. */
export function checkClinicOrigin(clinics: WebChannelDeps['clinics'], clinic: WebClinic, origin: string | undefined): void {
  const isSiteOf = (candidate: WebClinic): boolean => candidate.origins.some((listed) => new URL(listed).origin === origin);
  if (origin === undefined || isSiteOf(clinic) || !clinics.some(isSiteOf)) return;
  throw new Refusal('origin_refused', 'Check Origin header: this site belongs to another clinic; expected one that this clinic has listed');
}
