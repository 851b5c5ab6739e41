import type { NoticeKind, StaffMessage, Tier } from '../../src/model/escalation';

/** A message to Ana, the demo nurse. */
export function staffMessage(more: Partial<StaffMessage> = {}): StaffMessage {
  return {
    id: 'snd_0123456789ab0001',
    clinic: { id: 'demo', name: 'Glow Clinic', zone: 'America/New_York', smsNumber: '+15550100199' },
    person: { id: 'ana', name: 'Ana' },
    to: '+15550100101',
    what: pageOf('urgent'),
    ref: 12,
    link: 'https://chat.clinic.example/ack/Tk3',
    details: {},
    ...more,
  };
}

/** The page of an escalation. */
export function pageOf(tier: Tier, isDrill = false): StaffMessage['what'] {
  return { kind: 'page', pageId: 'page_1', tier, isDrill };
}

/** A notice about Ref 41. */
export function notice(kind: NoticeKind, more: Partial<StaffMessage> = {}): StaffMessage {
  return staffMessage({ what: { kind: 'notice', notice: kind }, ref: 41, link: 'https://chat.clinic.example/console/41', ...more });
}

/** All kinds of notice. */
export const NOTICES: readonly NoticeKind[] = [
  'acknowledged',
  'taken_already',
  'taken_by_other',
  'passed_on',
  'closed',
  'which_one',
  'nothing_open',
  'not_understood',
  'outcome',
  'wrote_again',
  'patient_silent',
  'overdue',
  'digest',
  'sign_in',
  'alarm',
];
