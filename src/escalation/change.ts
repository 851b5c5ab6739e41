import type { Clinic, Contact, Person } from '../model/clinic';
import type {
  Actor,
  Course,
  Escalation,
  EscalationChange,
  EscalationEvent,
  NewSending,
  NoticeKind,
  Page,
  PatientNotice,
} from '../model/escalation';

/** A change under way: what it makes of the escalation, and everything that goes with it. */
export class Draft {
  after: Escalation;
  readonly events: EscalationEvent[] = [];
  readonly send: NewSending[] = [];
  readonly tell: PatientNotice[] = [];

  constructor(
    escalation: Escalation,
    readonly clinic: Clinic,
    /** Epoch milliseconds. */
    readonly now: number,
  ) {
    this.after = escalation;
  }

  set(changed: Partial<Omit<Escalation, 'course'>>): void {
    this.after = { ...this.after, ...changed };
  }

  setCourse(changed: Partial<Course>): void {
    this.after = { ...this.after, course: { ...this.after.course, ...changed } };
  }

  setPage(pageId: string, changed: Partial<Page>): void {
    this.after = { ...this.after, pages: this.after.pages.map((page) => (page.id === pageId ? { ...page, ...changed } : page)) };
  }

  note(kind: EscalationEvent['kind'], actor: string, detail = ''): void {
    this.events.push({ escalationId: this.after.id, kind, actor, at: this.now, detail });
  }

  /** Says something to the patient, once for each `key`. */
  tellPatient(key: string, phrase: string, values: PatientNotice['values'] = {}): void {
    if (this.after.isDrill) return;
    this.tell.push({ id: `${this.after.id}/${key}`, phrase, values });
    this.note('patient_told', 'bot', phrase);
  }

  /** Queues a page of one contact; one that was queued before in the same round is left alone. */
  page(person: Person, contact: Contact, at: { readonly step: number; readonly round: number }): boolean {
    const { after, now } = this;
    const id = ['pg', after.id, at.round, at.step, person.id, contact.method].join('.');
    if (after.pages.some((page) => page.id === id)) return false;
    const isFirst = after.pages.length === 0 || after.pages.every((page) => page.isFirst && page.queuedAt === now);
    const page: Page = {
      ...{ id, personId: person.id, method: contact.method, to: contact.to, step: at.step, round: at.round, isFirst },
      ...{ status: 'queued', queuedAt: now, dueAt: now, sentAt: null, deliveredAt: null, attempts: 0, failure: null, providerId: null },
    };
    this.set({ pages: [...after.pages, page] });
    this.send.push({
      dedupeKey: id,
      clinicId: after.clinicId,
      priority: isFirst ? 0 : 1,
      dueAt: now,
      sending: { kind: 'page', escalationId: after.id, pageId: id },
    });
    this.note('page_queued', 'clock', `${person.id} ${contact.method} step ${at.step} round ${at.round}`);
    return true;
  }

  /** Queues a notice to a member of staff; the same `key` twice is one notice. Someone without a contact for notices gets none. */
  notify(
    personId: string,
    notice: NoticeKind,
    options: { readonly key: string; readonly details?: Readonly<Record<string, string>> },
  ): void {
    const person = this.clinic.staff.find((entry) => entry.id === personId);
    const contact = person && noticeContact(person);
    if (!contact) return;
    this.send.push({
      dedupeKey: `${notice}|${options.key}|${personId}`,
      clinicId: this.after.clinicId,
      priority: 2,
      dueAt: this.now,
      sending: {
        kind: 'notice',
        notice,
        escalationId: this.after.id,
        personId,
        method: contact.method,
        to: contact.to,
        details: options.details ?? {},
      },
    });
  }

  done(): EscalationChange {
    return { after: this.after, events: this.events, send: this.send, tell: this.tell };
  }
}

/** Where a notice goes that wakes nobody: text first, then mail, Teams, webhook; never a call. */
export function noticeContact(person: Person): Contact | undefined {
  const order = ['sms', 'email', 'teams', 'webhook'] as const;
  return order.map((method) => person.contacts.find((contact) => contact.method === method)).find((contact) => contact !== undefined);
}

/** The contacts of a person in the order in which they are tried, with the delay of each in milliseconds after the page began. */
export function contactsInTurn(person: Person): readonly { readonly contact: Contact; readonly afterMs: number }[] {
  let before = -CONTACT_APART_MS;
  return person.contacts.map((contact) => {
    before = contact.after ?? before + CONTACT_APART_MS;
    return { contact, afterMs: before };
  });
}

const CONTACT_APART_MS = 120_000;

/** The name of whoever acted, as colleagues read it. */
export function nameOf(clinic: Clinic, personId: Actor['by']): string {
  return clinic.staff.find((person) => person.id === personId)?.name ?? (personId === 'console' ? 'the console' : personId);
}
