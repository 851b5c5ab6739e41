import { DateTime } from 'luxon';

/** "3:10 pm", "9 am". */
export function sayClock(at: number, zone: string): string {
  const time = DateTime.fromMillis(at, { zone });
  return time.toFormat(time.minute === 0 ? 'h a' : 'h:mm a').toLowerCase();
}
