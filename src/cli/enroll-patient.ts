import type { Clinic } from '../model/clinic';
import type { EnrolmentDesk, EnrolmentForm } from '../model/enrolment';
import { AftercareError } from '../tools/errors';

/** What enrolling by command needs. */
export interface EnrollDeps {
  /** Opens the desk that enrols patients, over the store of the settings, uses it and closes the store. */
  readonly withEnrolment: (use: (desk: EnrolmentDesk) => Promise<void>) => Promise<void>;
  /** The address that patients open; null when it is not set. */
  readonly publicUrl: () => string | null;
  readonly print: (line: string) => void;
}

/** Enrolls a patient of a clinic and prints the personal link, which is shown once. Returns the exit code; throws USAGE when something is wrong. */
export async function enrollPatient(
  { withEnrolment, publicUrl, print }: EnrollDeps,
  clinic: Clinic,
  values: Readonly<Record<string, string | boolean | undefined>>,
): Promise<number> {
  const baseUrl = publicUrl();
  if (baseUrl === null)
    throw new AftercareError('USAGE', 'Enrolling a patient failed: expected PUBLIC_URL, because the personal link leads there.');
  await withEnrolment(async (desk) => {
    const enrolled = await desk.enrol(readForm(values), { clinic, by: 'command', baseUrl });
    if (enrolled.kind === 'refused')
      throw new AftercareError(
        'USAGE',
        `Enrolling a patient failed, nothing is kept:\n  ${enrolled.faults.map(({ field, why }) => `${OPTION_OF[field]}: ${why}`).join('\n  ')}`,
      );
    const { link, expiresAt, isNew, isTexted, chartId } = enrolled;
    const until = new Date(expiresAt).toISOString();
    if (values['json']) return print(JSON.stringify({ chart: chartId, isNew, link, until, isTexted }));
    print(isNew ? 'the patient is enrolled' : 'the patient was enrolled before, and is up to date');
    print(`personal link, for the patient alone, opens once until ${until}:`);
    print(link);
    if (isTexted) print('it leaves as a text, in the night in the morning');
  });
  return 0;
}

function readForm(values: Readonly<Record<string, string | boolean | undefined>>): EnrolmentForm {
  const text = (name: string, otherwise = ''): string => String(values[name] ?? otherwise);
  return {
    ...{ phone: text('phone'), teamsId: text('teams-id'), treatedAt: text('treated'), kind: text('kind', 'microneedling') },
    ...{ reference: text('reference'), agreesToTexts: values['agrees-to-texts'] === true, sendsLink: values['text-link'] === true },
  };
}

const OPTION_OF: Readonly<Record<keyof EnrolmentForm, string>> = {
  ...{ phone: '--phone', teamsId: '--teams-id', treatedAt: '--treated', kind: '--kind', reference: '--reference' },
  ...{ agreesToTexts: '--agrees-to-texts', sendsLink: '--text-link' },
};
