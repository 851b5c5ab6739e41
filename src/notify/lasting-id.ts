import type { StaffMessage } from '../model/escalation';

/** Our id of a message that stays the same at every try: receivers that know it from before take it for one message. */
export function lastingId({ id, what }: StaffMessage): string {
  return (what.kind === 'page' ? what.pageId : id).replace(/[^\w.-]+/g, '-');
}
