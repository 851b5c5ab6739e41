import { inkOn, readableOn, readColour } from '../shared/contrast';

/** The papers of chat.css, on which the clinic's colour must be readable. */
const PAPER = { light: '#fffdf9', dark: '#1d2324' } as const;

/** Puts the clinic's colour on the page, made darker or lighter where it could not be read. */
export function paint(colour: string | null): void {
  const wished = readColour(colour);
  if (wished === null) return;
  for (const [scheme, paper] of Object.entries(PAPER)) {
    const readable = readableOn(paper, wished);
    document.documentElement.style.setProperty(`--accent-${scheme}`, readable);
    document.documentElement.style.setProperty(`--on-accent-${scheme}`, inkOn(readable));
  }
}
