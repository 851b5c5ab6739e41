import type { JSX } from 'preact';
import { textParts } from './text-parts';

/** A text with its telephone numbers and secure links to tap. */
export function Linked({ text }: { text: string }): JSX.Element {
  return (
    <>
      {textParts(text).map((part) =>
        part.href === undefined ? (
          part.text
        ) : part.href.startsWith('tel:') ? (
          <a href={part.href}>{part.text}</a>
        ) : (
          <a href={part.href} target="_blank" rel="noopener noreferrer">
            {part.text}
          </a>
        ),
      )}
    </>
  );
}
