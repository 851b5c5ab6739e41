import type { NoticeKind, StaffMessage } from '../model/escalation';
import { REASON_CODES } from '../model/escalation';

/** What a message to staff says, before a method puts it into its form. No health words stand in any of it. */
export interface Wording {
  /** A few words, for the subject of a mail. */
  readonly title: string;
  readonly text: string;
  /** What can be answered by text; empty where nothing can. */
  readonly reply: string;
  /** What the link is for; empty where it needs no words. */
  readonly linkWords: string;
}

type Details = StaffMessage['details'];
interface Subject {
  /** "Ref 12", or "It". */
  readonly it: string;
  readonly ref: number | null;
  readonly details: Details;
}

/** Reasons that a digit after "12c" gives, in the order of REASON_CODES, as short as a text needs them. */
const REASONS = '1 spoke with patient, 2 emergency care, 3 seen here, 4 advised by message, 5 false alarm';

const plain = (title: string, text: string, more: { reply?: string; linkWords?: string } = {}): Wording => ({
  title,
  text,
  reply: more.reply ?? '',
  linkWords: more.linkWords ?? '',
});

const OPEN_IT = { linkWords: 'Open it' };
const byWhom = ({ details }: Subject): string => details['by'] ?? 'Somebody else';
const when = ({ details }: Subject): string => (details['at'] === undefined ? '' : ` at ${details['at']}`);
const howToAct = (ref: number | null): string =>
  ref === null ? 'Reply with the number and a letter, such as 12a' : `Reply ${ref}a to acknowledge, ${ref}e to pass on, ${ref}c to close`;

/** Details that are read: by, at, to, refs, count, reason, code, what; each may be missing. */
const WORDINGS: Readonly<Record<NoticeKind, (subject: Subject) => Wording>> = {
  acknowledged: ({ it, ref }) =>
    plain(`${it} is yours`, `${it} is yours.`, { ...OPEN_IT, reply: ref === null ? '' : `Reply ${ref}c when closed.` }),
  taken_already: (subject) =>
    plain(`${subject.it} is taken`, `${subject.it}: ${byWhom(subject)} took it${when(subject)}. Nothing to do for you.`),
  taken_by_other: (subject) => plain(`${subject.it} is taken`, `${subject.it}: ${byWhom(subject)} has it. Nothing to do for you.`),
  passed_on: ({ it, details }) =>
    plain(`${it} is passed on`, `${it} is passed on${details['to'] === undefined ? '' : ` to ${details['to']}`}. Thank you.`),
  closed: ({ it, details }) => plain(`${it} is closed`, `${it} is closed${reasonDigit(details['reason'])}. Thank you.`),
  which_one: ({ details }) =>
    plain('Which one?', `More than one is waiting${details['refs'] === undefined ? '' : `: ${details['refs']}`}.`, {
      reply: `Reply with its number, such as ${/\d+/.exec(details['refs'] ?? '')?.[0] ?? '12'}a.`,
    }),
  nothing_open: ({ ref }) =>
    plain('Nothing is open', ref === null ? 'Nothing is waiting for you.' : `Ref ${ref} is not open at this clinic.`),
  not_understood: ({ ref }) => plain('Not understood', 'That was not understood, so nothing changed.', { reply: `${howToAct(ref)}.` }),
  outcome: ({ it, ref }) =>
    plain(`What came of it? ${it}`, `${it}: what came of it?`, {
      ...OPEN_IT,
      reply: ref === null ? '' : `Reply ${ref}c and a digit: ${REASONS}.`,
    }),
  wrote_again: ({ it }) => plain(`${it}: a new message`, `${it}: a new message came in. Please look.`, OPEN_IT),
  patient_silent: ({ it }) => plain(`${it}: no answer`, `${it}: nobody has told us that the call took place. Please check.`, OPEN_IT),
  overdue: ({ it }) => plain(`${it} is overdue`, `${it} is overdue and still waits for an answer.`, OPEN_IT),
  digest: ({ details }) => plain('Questions are waiting', countOf(details['count']), { linkWords: 'Open them' }),
  sign_in: ({ details }) =>
    plain(
      'Sign in to the console',
      details['code'] === undefined ? 'Sign in to the console. The link works once.' : `Your code to sign in is ${details['code']}.`,
      {
        linkWords: 'Sign in',
      },
    ),
  alarm: ({ details }) =>
    plain(
      'ALARM: paging needs a look',
      `ALARM: paging needs a look${details['what'] === undefined ? '' : ` (${details['what']})`}.`,
      OPEN_IT,
    ),
};

/** Words a notice, or a page of an escalation that waits for a human. */
export function wordMessage(message: StaffMessage): Wording {
  const { ref, details, what } = message;
  if (what.kind === 'notice') return WORDINGS[what.notice]({ it: ref === null ? 'It' : `Ref ${ref}`, ref, details });
  const level = what.isDrill ? 'TEST' : what.tier === 'emergency' ? 'EMERGENCY' : what.tier === 'urgent' ? 'URGENT' : 'New';
  const waiting = what.isDrill ? 'TEST page, no message is waiting' : `${level} aftercare message waiting`;
  const where = ref === null ? '' : ` Ref ${ref}.`;
  const reply = ref === null ? 'Reply ack to acknowledge.' : what.isDrill ? `Reply ${ref}a to acknowledge.` : `${howToAct(ref)}.`;
  return plain(`${waiting}${ref === null ? '' : `, ref ${ref}`}`, `${waiting}.${where}`, { reply });
}

/** The reason is told as its digit, so that the text holds no health words. */
function reasonDigit(reason: string | undefined): string {
  const digit = REASON_CODES.findIndex((code) => code === reason);
  return digit > 0 ? `, reason ${digit}` : '';
}

function countOf(count: string | undefined): string {
  if (count === undefined) return 'Questions are waiting for the clinic.';
  return count === '1' ? '1 question is waiting for the clinic.' : `${count} questions are waiting for the clinic.`;
}
