import type { Chart } from '../model/charts';
import type { Clinic } from '../model/clinic';
import type { Enrolled, EnrolmentForm } from '../model/enrolment';
import type { ConsoleDeps } from './console-deps';
import { csrfField } from './frame';
import type { Markup } from './markup';
import { markup } from './markup';
import { nameOf } from './names';
import { sayDate, sayMoment } from './say-time';
import type { Viewer } from './sessions';
import { CHANNEL_WORDS, TREATMENT_WORDS } from './words';

/** The form as it is shown: what was typed, and what is wrong with it. */
export interface FormShown {
  readonly form: EnrolmentForm;
  readonly clinics: readonly Clinic[];
  readonly clinicId: string;
  readonly faults: readonly { readonly field: string; readonly why: string }[];
}

/** Writes the form by which staff enroll a patient. */
export function writeEnrolForm(shown: FormShown, { viewer, deps }: { readonly viewer: Viewer; readonly deps: ConsoleDeps }): Markup {
  const { form, clinics } = shown;
  const [first] = clinics;
  return markup`<h1>Enroll a patient</h1>
<p>The patient is then one person to the bot, whichever way they write: one treatment, and danger signs are read together. You get a link to the web chat that opens once. Without a number or a Teams id, the link alone leads to the patient.</p>
<form method="post" action="/console/enroll">${csrfField(viewer)}
${clinics.length === 1 ? markup`<input type="hidden" name="clinic" value="${first?.id ?? ''}">` : writeClinics(shown)}
${writeInput(shown, { name: 'treatedAt', label: 'When did the treatment end?', type: 'datetime-local', value: form.treatedAt, help: clinics.map(({ name, zone }) => `${name}: ${zone}`).join(', '), isRequired: true })}
<label for="kind">Treatment</label>
<select id="kind" name="kind">${Object.entries(TREATMENT_WORDS).map(([value, words]) => markup`<option value="${value}"${value === form.kind && SELECTED}>${words}</option>`)}</select>${writeFault(shown, 'kind')}
${writeInput(shown, { name: 'phone', label: 'Telephone number', type: 'tel', value: form.phone, help: 'Any usual form, such as (555) 010-0150. Leave it out if the patient does not text.', isRequired: false })}
${writeInput(shown, { name: 'teamsId', label: 'Entra object id, for a patient in Teams', type: 'text', value: form.teamsId, help: 'Mostly left out.', isRequired: false })}
${writeInput(shown, { name: 'reference', label: 'Your reference', type: 'text', value: form.reference, help: 'Optional, such as a record number. Stored sealed; the bot never says it.', isRequired: false })}
${writeBox({ name: 'agreesToTexts', isOn: form.agreesToTexts, label: markup`The patient agrees: ${clinics.map((clinic) => markup`<q>${deps.enrolment.consentText(clinic)}</q> `)}` })}
${writeBox({ name: 'sendsLink', isOn: form.sendsLink, label: markup`Text the link to the patient, too` })}${writeFault(shown, 'sendsLink')}${writeFault(shown, 'link')}
<button>Enroll</button></form>`;
}

const SELECTED = markup` selected`;
const REQUIRED = markup` required`;
const CHECKED = markup` checked`;
const INVALID = markup` aria-invalid="true"`;

function writeClinics(shown: FormShown): Markup {
  const options = shown.clinics.map(({ id, name }) => markup`<option value="${id}"${id === shown.clinicId && SELECTED}>${name}</option>`);
  return markup`<label for="clinic">Clinic</label><select id="clinic" name="clinic" required>${options}</select>${writeFault(shown, 'clinic')}`;
}

interface Input {
  readonly name: keyof EnrolmentForm;
  readonly label: string;
  readonly type: string;
  readonly value: string;
  readonly help: string;
  readonly isRequired: boolean;
}

function writeInput(shown: FormShown, { name, label, type, value, help, isRequired }: Input): Markup {
  const isWrong = shown.faults.some(({ field }) => field === name);
  return markup`<label for="${name}">${label}</label><p id="${name}-help">${help}</p>
<input id="${name}" name="${name}" type="${type}" value="${value}" maxlength="200" autocomplete="off" aria-describedby="${name}-help ${name}-fault"${isWrong && INVALID}${isRequired && REQUIRED}>${writeFault(shown, name)}
`;
}

function writeFault({ faults }: FormShown, name: string): Markup {
  const whys = faults.filter(({ field }) => field === name).map(({ why }) => why);
  return markup`<p id="${name}-fault" class="field-fault">${whys.join(' ')}</p>`;
}

function writeBox({ name, isOn, label }: { readonly name: string; readonly isOn: boolean; readonly label: Markup }): Markup {
  return markup`<p><input type="checkbox" id="${name}" name="${name}" value="yes"${isOn && CHECKED}><label for="${name}">${label}</label></p>`;
}

/** Writes what an enrolment came to; the link stands here and nowhere else. */
export function writeEnrolled(enrolled: Extract<Enrolled, { kind: 'enrolled' }>, clinic: Clinic): Markup {
  const { link, expiresAt, isNew, isTexted } = enrolled;
  return markup`<h1>${isNew ? 'The patient is enrolled' : 'The patient was enrolled before, and is up to date'}</h1>
<p>This link opens the web chat as this patient, in one browser, until ${sayDate(expiresAt, clinic.zone)}. It is shown here only. Hand it to the patient and to nobody else.</p>
<p><label for="link">Personal link</label><input id="link" readonly value="${link}"></p>
<p>${isTexted ? 'It is on its way to the patient as a text, in the night in the morning.' : 'It was not texted.'}</p>
<p><a href="/console/enroll">Enroll another patient</a></p>`;
}

/** Writes what the clinic keeps of a conversation's patient, and where else they write. */
export function writeChart(
  chart: Chart | null,
  conversationId: string,
  { clinic, now }: { readonly clinic: Clinic; readonly now: number },
): Markup {
  if (chart === null) return markup`<p>The patient is not enrolled. <a href="/console/enroll">Enroll a patient</a></p>`;
  const { facts, treatedAt, createdBy, createdAt } = chart;
  const others = chart.conversations.filter(({ id }) => id !== conversationId);
  const recorded = sayMoment(facts.treatedAt.to, now, clinic.zone);
  const isSame = treatedAt === null || (treatedAt.from === facts.treatedAt.from && treatedAt.to === facts.treatedAt.to);
  return markup`<p>${facts.reference !== '' && markup`<strong>${facts.reference}</strong>. `}Enrolled ${sayMoment(createdAt, now, clinic.zone)} by ${nameOf(createdBy, clinic)}.
${TREATMENT_WORDS[facts.kind]}, ${recorded}.${!isSame && ` The patient has told the bot another time since: ${sayMoment(treatedAt.to, now, clinic.zone)}.`}</p>
${
  others.length > 0 &&
  markup`<p>The same patient also wrote by:</p><ul>${others.map(
    ({ id, channel, updatedAt }) =>
      markup`<li><a href="/console/conversations/${encodeURIComponent(id)}">${CHANNEL_WORDS[channel]}, ${sayMoment(updatedAt, now, clinic.zone)}</a></li>`,
  )}</ul>`
}`;
}
