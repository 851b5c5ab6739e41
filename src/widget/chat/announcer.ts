/** Says new messages to screen readers: each once, in order. The visible list is not live, so nothing is read twice. */
export interface Announcer {
  say(text: string): void;
  /** At once, over whatever is being read. */
  alarm(text: string): void;
}

const MOST_LINES = 30;

/** Makes the two hidden live regions. */
export function makeAnnouncer(parent: HTMLElement): Announcer {
  const region = (role: string, label: string): HTMLElement => {
    const made = document.createElement('div');
    made.className = 'hidden';
    made.setAttribute('role', role);
    made.setAttribute('aria-label', label);
    parent.append(made);
    return made;
  };
  const add = (to: HTMLElement, text: string): void => {
    const line = document.createElement('p');
    line.textContent = text;
    to.append(line);
    while (to.childElementCount > MOST_LINES) to.firstElementChild?.remove();
  };
  const log = region('log', 'New messages');
  const alert = region('alert', 'Urgent message');
  return { say: (text) => add(log, text), alarm: (text) => add(alert, text) };
}
