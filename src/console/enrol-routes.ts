import type { Request, Router } from 'express';
import type { Clinic } from '../model/clinic';
import type { EnrolmentForm } from '../model/enrolment';
import type { FormShown } from './enrol-page';
import { writeEnrolled, writeEnrolForm } from './enrol-page';
import type { ConsoleParts, Visit } from './guard';
import { posted, readField, showPlain, signedIn } from './guard';
import { writePage } from './frame';
import { baseUrl } from './sign-in-routes';

const EMPTY: EnrolmentForm = {
  ...{ phone: '', teamsId: '', treatedAt: '', kind: 'microneedling', reference: '' },
  ...{ agreesToTexts: false, sendsLink: false },
};

/** Adds the form by which staff enroll a patient, and what it answers: a link that is shown once. */
export function addEnrolRoutes(router: Router, parts: ConsoleParts): void {
  router.get(
    '/enroll',
    signedIn(parts, (visit) => {
      showForm(visit, parts, { status: 200, form: EMPTY, clinicId: '', faults: [] });
      return Promise.resolve();
    }),
  );
  router.post(
    '/enroll',
    posted(parts, async (visit) => {
      const { request, viewer, response } = visit;
      const form = readForm(request);
      const clinicId = readField(request, 'clinic');
      const clinic = ownClinics(visit, parts).find(({ id }) => id === clinicId);
      const base = baseUrl(request, parts);
      if (!clinic) return showForm(visit, parts, { status: 422, form, clinicId, faults: [{ field: 'clinic', why: 'Choose the clinic.' }] });
      if (base === null) return showForm(visit, parts, { status: 503, form, clinicId, faults: [{ field: 'link', why: NO_ADDRESS }] });
      const enrolled = await parts.deps.enrolment.enrol(form, { clinic, by: viewer.actor.by, baseUrl: base });
      if (enrolled.kind === 'refused') return showForm(visit, parts, { status: 422, form, clinicId, faults: enrolled.faults });
      showPlain(response, 200, { title: 'Enrolled', viewer, content: writeEnrolled(enrolled, clinic) });
    }),
  );
}

const NO_ADDRESS = 'Links cannot be made here: set PUBLIC_URL to the address that patients open. Nothing was kept.';

function ownClinics({ viewer }: Visit, { deps }: ConsoleParts): readonly Clinic[] {
  return deps.clinics.all().filter(({ id }) => viewer.clinicId === null || viewer.clinicId === id);
}

function readForm(request: Request): EnrolmentForm {
  const field = (name: string): string => readField(request, name);
  return {
    ...{
      phone: field('phone'),
      teamsId: field('teamsId'),
      treatedAt: field('treatedAt'),
      kind: field('kind'),
      reference: field('reference'),
    },
    ...{ agreesToTexts: field('agreesToTexts') === 'yes', sendsLink: field('sendsLink') === 'yes' },
  };
}

function showForm(visit: Visit, parts: ConsoleParts, shown: Omit<FormShown, 'clinics'> & { readonly status: number }): void {
  const { response, viewer } = visit;
  const { faults, status } = shown;
  const content = writeEnrolForm({ ...shown, clinics: ownClinics(visit, parts) }, { viewer, deps: parts.deps });
  const fault = faults.length === 0 ? null : 'Nothing was kept. Look at what is marked below.';
  response
    .status(status)
    .type('html')
    .send(writePage({ title: 'Enroll', content, viewer, live: null, said: null, fault }));
}
