import { createHash } from 'node:crypto';

import type { CareTimeline } from '../../model/web-edge';

const foldAt = 73;
const eventMinutes = 15;

function escapeText(text: string): string {
  return text.replace(/[\\;,]/g, (character) => `\\${character}`).replace(/\r?\n/g, '\\n');
}

/** Calendar lines hold at most 75 bytes; the rest goes on after a line break and a space, never inside a character. */
function fold(line: string): string {
  const folded: string[] = [];
  let rest = '';
  for (const character of line) {
    if (Buffer.byteLength(rest + character) > foldAt) {
      folded.push(rest);
      rest = '';
    }
    rest += character;
  }
  return [...folded, rest].join('\r\n ');
}

function stamp(at: number): string {
  return new Date(at).toISOString().replace(/[-:]|\.\d{3}/g, '');
}

/** A patient's timeline as an iCalendar file (RFC 5545): one short event where something opens. `now` is epoch milliseconds. */
export function calendarFile(timeline: CareTimeline, { conversationId, now }: { conversationId: string; now: number }): string {
  const uid = (topic: string): string => createHash('sha256').update(`${conversationId}/${topic}`).digest('hex').slice(0, 32);
  const events = timeline.rows.flatMap(({ topic, opens }) =>
    opens === null
      ? []
      : [
          'BEGIN:VEVENT',
          `UID:${uid(topic)}@aftercare`,
          `DTSTAMP:${stamp(now)}`,
          `DTSTART:${stamp(opens.at)}`,
          `DTEND:${stamp(opens.at + eventMinutes * 60_000)}`,
          `SUMMARY:${escapeText(opens.text)}`,
          `DESCRIPTION:${escapeText(timeline.note)}`,
          'TRANSP:TRANSPARENT',
          'END:VEVENT',
        ],
  );
  const lines = ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//aftercare//timeline//EN', 'METHOD:PUBLISH', ...events, 'END:VCALENDAR'];
  return `${lines.map(fold).join('\r\n')}\r\n`;
}
