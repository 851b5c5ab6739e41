import type { Clinic, Person } from '../model/clinic';
import type { Acted, Escalation, NoticeKind, StaffDesk } from '../model/escalation';
import type { ApplyDeps } from './apply';
import { nameOf } from './change';
import type { StaffReply } from './read-staff-reply';
import { readStaffReply } from './read-staff-reply';
import type { UnhelpfulReplies } from './unhelpful-replies';

interface TextDeps extends ApplyDeps {
  readonly desk: StaffDesk;
  readonly unhelpful: UnhelpfulReplies;
  readonly wake: () => void;
}

type StaffText = Parameters<StaffDesk['takeText']>[0];

/** Answers that brought nothing about. */
const UNHELPFUL: ReadonlySet<NoticeKind> = new Set<NoticeKind>(['not_understood', 'nothing_open', 'which_one']);

/** Takes a text of staff and answers it, always with what happened. */
export async function takeStaffText(deps: TextDeps, message: StaffText): Promise<{ readonly handled: boolean }> {
  const senders = findSenders(deps.clinics.all(), message);
  if (senders.length === 0) return { handled: false };
  const reply = readStaffReply(message.text);
  const target = await findTarget(deps, senders, reply);
  const answer = 'escalation' in target ? await carryOut(deps, target, reply) : target;
  if (!UNHELPFUL.has(answer.notice)) deps.unhelpful.acted(message.from);
  else if (!deps.unhelpful.mayAnswer(message.from)) return { handled: true };
  await answerSender(deps, message, answer);
  return { handled: true };
}

interface Sender {
  readonly clinic: Clinic;
  readonly person: Person;
}

/** Everyone the number belongs to at the clinics of the number that was texted; one person may work at several. */
function findSenders(clinics: readonly Clinic[], { from, to }: StaffText): Sender[] {
  const all = clinics.flatMap((clinic) =>
    clinic.staff
      .filter((person) =>
        person.contacts.some((contact) => (contact.method === 'sms' || contact.method === 'voice') && contact.to === from),
      )
      .map((person) => ({ clinic, person })),
  );
  const here = all.filter(({ clinic }) => clinic.smsNumber === to);
  return here.length > 0 ? here : all;
}

/** What the sender is told, beside the reference. */
interface Answer extends Sender {
  readonly notice: NoticeKind;
  readonly escalationId: string | null;
  readonly details: Readonly<Record<string, string>>;
}

type Target = Sender & { readonly escalation: Escalation };

/** The escalation that is meant: by its reference, or the only one that waits for this person. */
async function findTarget(deps: TextDeps, senders: readonly Sender[], reply: StaffReply): Promise<Target | Answer> {
  const [first] = senders;
  const say = (notice: Answer['notice'], details: Answer['details'] = {}): Answer => ({ ...first!, notice, escalationId: null, details });
  if (reply.kind === 'unknown' || reply.kind === 'help') return say('not_understood');
  if (reply.ref !== null) {
    const found: Target[] = [];
    for (const sender of senders) {
      const escalation = await deps.store.findByRef(sender.clinic.id, reply.ref);
      if (escalation) found.push({ ...sender, escalation });
    }
    const wanted = found.find(
      ({ escalation, person }) => !escalation.resolved && escalation.pages.some((page) => page.personId === person.id),
    );
    return wanted ?? found.find(({ escalation }) => !escalation.resolved) ?? found[0] ?? say('nothing_open', { ref: String(reply.ref) });
  }
  const waiting: Target[] = [];
  for (const sender of senders)
    for (const escalation of await deps.store.listUnresolved(sender.clinic.id, 1000))
      if (isWaitingFor(escalation, sender.person.id, reply)) waiting.push({ ...sender, escalation });
  if (waiting.length === 1) return waiting[0]!;
  return waiting.length === 0 ? say('nothing_open') : say('which_one', { refs: refsOf(waiting) });
}

function refsOf(targets: readonly Target[]): string {
  return targets
    .map(({ escalation }) => escalation.ref)
    .sort((a, b) => a - b)
    .join(', ');
}

/** Paged and nobody has it; or, for closing and passing on, the person has it. */
function isWaitingFor({ pages, acknowledged }: Escalation, personId: string, reply: StaffReply): boolean {
  if (acknowledged) return acknowledged.by === personId && reply.kind !== 'acknowledge';
  return pages.some((page) => page.personId === personId);
}

async function carryOut(deps: TextDeps, { escalation, clinic, person }: Target, reply: StaffReply): Promise<Answer> {
  const actor = { by: person.id, via: 'sms' } as const;
  const acted = await act(deps.desk, escalation.id, actor, reply);
  const say = (notice: Answer['notice'], details: Answer['details'] = {}): Answer => ({
    clinic,
    person,
    notice,
    escalationId: escalation.id,
    details,
  });
  switch (acted.kind) {
    case 'done':
      return reply.kind === 'resolve'
        ? say('closed', { reason: reply.reason ?? 'handled' })
        : say(reply.kind === 'acknowledge' ? 'acknowledged' : 'passed_on');
    case 'taken_already':
      return say('taken_already', { who: nameOf(clinic, acted.by), at: String(acted.at) });
    case 'resolved_already':
      return say('closed', { already: 'yes' });
    case 'refused':
      return say('not_understood');
    case 'not_found':
      return say('nothing_open');
  }
}

function act(desk: StaffDesk, id: string, actor: { by: string; via: 'sms' }, reply: StaffReply): Promise<Acted> {
  switch (reply.kind) {
    case 'acknowledge':
      return desk.acknowledge(id, actor);
    case 'pass_on':
      return desk.passOn(id, actor);
    case 'resolve':
      return desk.resolve(id, actor, reply.reason ?? 'handled');
    case 'help':
    case 'unknown':
      return Promise.resolve({ kind: 'not_found' });
  }
}

async function answerSender(deps: TextDeps, message: StaffText, { clinic, person, notice, escalationId, details }: Answer): Promise<void> {
  await deps.store.addSending({
    dedupeKey: `answer|${message.messageId}`,
    clinicId: clinic.id,
    priority: 1,
    dueAt: deps.clock(),
    sending: { kind: 'notice', notice, escalationId, personId: person.id, method: 'sms', to: message.from, details },
  });
  deps.wake();
}
