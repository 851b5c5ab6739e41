import { clockOf, dayOf } from './days';
import type { Page } from './page';
import { texts } from './texts';

/** The conversation as plain text. */
export function talkAsText(page: Page): string {
  const { clinic } = page.config;
  const lines = page.view.talk.items.map((item) => {
    const who = item.kind === 'mine' ? texts.you : item.kind === 'note' ? '' : item.from;
    return `[${dayOf(item.at)} ${clockOf(item.at)}] ${who === '' ? '' : `${who}: `}${item.text}`;
  });
  return [`${clinic.name}, ${clinic.phone}`, ...lines].join('\r\n\r\n');
}

/** Offers it as a file. */
export function saveTalk(page: Page): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([talkAsText(page)], { type: 'text/plain' }));
  link.download = 'aftercare-chat.txt';
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
