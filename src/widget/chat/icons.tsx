import type { JSX } from 'preact';

const PATHS = {
  close: 'M5 5l14 14M19 5L5 19',
  menu: 'M5 12h.01M12 12h.01M19 12h.01',
  photo: 'M4 7h3l2-3h6l2 3h3a1 1 0 0 1 1 1v11a1 1 0 0 1-1 1H4a1 1 0 0 1-1-1V8a1 1 0 0 1 1-1Zm8 3.5a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7Z',
} as const;

/** A drawn sign; its button carries the words. */
export function Icon({ name }: { name: keyof typeof PATHS }): JSX.Element {
  return (
    <svg viewBox="0 0 24 24" class={`icon ${name}`} aria-hidden="true">
      <path d={PATHS[name]} />
    </svg>
  );
}
