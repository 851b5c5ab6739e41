import { DateTime } from 'luxon';
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
  readonly zone: string;
}

/** So many references are listed in a text. */
const MOST_REFS = 5;

/** Reasons that a digit after "12c" gives, in the order of REASON_CODES, as short as a text needs them. */
const REASONS = '1 spoke with patient, 2 emergency care, 3 seen here, 4 advised by message, 5 false alarm';

const plain = (title: string, text: string, more: { reply?: string; linkWords?: string } = {}): Wording => ({
  title,
  text,
  reply: more.reply ?? '',
  linkWords: more.linkWords ?? '',
});

const OPEN_IT = { linkWords: 'Open it' };
const byWhom = ({ details }: Subject): string => details['who'] ?? 'Somebody else';
const howToAct = (ref: number | null): string =>
  ref === null ? 'Reply with the number and a letter, such as 12a' : `Reply ${ref}a to acknowledge, ${ref}e to pass on, ${ref}c to close`;

const WORDINGS: Readonly<Record<NoticeKind, (subject: Subject) => Wording>> = {
  acknowledged: ({ it, ref }) =>
    plain(`${it} is yours`, `${it} is yours.`, { ...OPEN_IT, reply: ref === null ? '' : `Reply ${ref}c when closed.` }),
  taken_already: (subject) =>
    plain(`${subject.it} is taken`, `${subject.it}: ${byWhom(subject)} took it${when(subject)}. Nothing to do for you.`),
  taken_by_other: (subject) => plain(`${subject.it} is taken`, `${subject.it}: ${byWhom(subject)} has it. Nothing to do for you.`),
  passed_on: ({ it }) => plain(`${it} is passed on`, `${it} is passed on. Thank you.`),
  closed: ({ it, details }) =>
    details['already'] === undefined
      ? plain(`${it} is closed`, `${it} is closed${reasonDigit(details['reason'])}. Thank you.`)
      : plain(`${it} is closed`, `${it} was closed already. Nothing to do for you.`),
  which_one: ({ details }) => {
    const refs = someOf(details['refs'] ?? '');
    return plain('Which one?', `More than one is waiting${refs && `: Ref ${refs}`}.`, {
      reply: `Reply with its number, such as ${/\d+/.exec(refs)?.[0] ?? '12'}a.`,
    });
  },
  nothing_open: ({ ref, details }) => {
    const asked = details['ref'] ?? ref;
    return plain('Nothing is open', asked === null ? 'Nothing is waiting for you.' : `Ref ${asked} is not open at this clinic.`);
  },
  not_understood: ({ ref, details }) =>
    details['why'] === undefined
      ? plain('Not understood', 'That was not understood, so nothing changed.', { reply: `${howToAct(ref)}.` })
      : plain('That does not go', `That does not go. ${details['why']}`),
  outcome: ({ it, ref }) =>
    plain(`What came of it? ${it}`, `${it}: what came of it?`, {
      ...OPEN_IT,
      reply: ref === null ? '' : `Reply ${ref}c and a digit: ${REASONS}.`,
    }),
  duty_changed: (subject) =>
    plain(`${subject.it} is still open`, `${subject.it} is still open. ${byWhom(subject)} has it, and your duty has begun.`, OPEN_IT),
  wrote_again: ({ it }) => plain(`${it}: a new message`, `${it}: a new message came in. Please look.`, OPEN_IT),
  patient_silent: ({ it }) => plain(`${it}: no answer`, `${it}: nobody has told us that the call took place. Please check.`, OPEN_IT),
  overdue: ({ it, ref, details }) =>
    ref === null
      ? plain('Questions are overdue', `${questions(details['overdue'])} overdue.`, { linkWords: 'Open them' })
      : plain(`${it} is overdue`, `${it} is overdue and still waits for an answer.`, OPEN_IT),
  digest: ({ details }) => {
    const overdue = Number(details['overdue'] ?? 0) > 0 ? `, ${details['overdue']} of them overdue` : '';
    return plain('Questions are waiting', `${questions(details['count'])} waiting for the clinic${overdue}.`, { linkWords: 'Open them' });
  },
  sign_in: ({ details }) =>
    plain(
      'Sign in to the console',
      details['code'] === undefined ? 'Sign in to the console. The link works once.' : `Your code to sign in is ${details['code']}.`,
      {
        linkWords: 'Sign in',
      },
    ),
  alarm: ({ details }) => {
    const late =
      details['count'] === undefined ? 'A page is' : details['count'] === '1' ? '1 message is' : `${details['count']} messages are`;
    return plain('ALARM: paging is late', `ALARM: ${late} late on the way to staff. Please look now.`, OPEN_IT);
  },
};

/** Words a notice, or a page of an escalation that waits for a human. */
export function wordMessage(message: StaffMessage): Wording {
  const { ref, details, what } = message;
  if (what.kind === 'notice')
    return WORDINGS[what.notice]({ it: ref === null ? 'It' : `Ref ${ref}`, ref, details, zone: message.clinic.zone });
  const level = what.isDrill ? 'TEST' : what.tier === 'emergency' ? 'EMERGENCY' : what.tier === 'urgent' ? 'URGENT' : 'New';
  const waiting = what.isDrill ? 'TEST page, no message is waiting' : `${level} aftercare message waiting`;
  const others = details['others'] === undefined ? '' : ` Also waiting: Ref ${someOf(details['others'])}.`;
  const where = `${ref === null ? '' : ` Ref ${ref}.`}${others}`;
  const reply = ref === null ? 'Reply ack to acknowledge.' : what.isDrill ? `Reply ${ref}a to acknowledge.` : `${howToAct(ref)}.`;
  return plain(`${waiting}${ref === null ? '' : `, ref ${ref}`}`, `${waiting}.${where}`, { reply });
}

/** The reason is told as its digit, so that the text holds no health words. */
function reasonDigit(reason: string | undefined): string {
  const digit = REASON_CODES.findIndex((code) => code === reason);
  return digit > 0 ? `, reason ${digit}` : '';
}

/** "1 question is", "3 questions are". */
function questions(count: string | undefined): string {
  return count === '1' ? '1 question is' : `${count ?? 'Some'} questions are`;
}

/** The first few of a list of references; a storm may have hundreds. */
function someOf(refs: string): string {
  const all = refs.split(/,\s*/).filter(Boolean);
  return all.length <= MOST_REFS ? all.join(', ') : `${all.slice(0, MOST_REFS).join(', ')} and ${all.length - MOST_REFS} more`;
}

/** " at 9:06 pm", where the clinic is. */
function when({ details, zone }: Subject): string {
  const at = Number(details['at'] ?? Number.NaN);
  return Number.isFinite(at) ? ` at ${DateTime.fromMillis(at, { zone }).toFormat('h:mm a').toLowerCase()}` : '';
}
