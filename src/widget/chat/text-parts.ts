/** A piece of a message: plain words, or something to tap. */
export type TextPart = { readonly text: string; readonly href?: string };

const LINKS = /\b911\b|\b988\b|\b1-\d{3}-\d{3}-\d{4}\b|\(\d{3}\)\s?\d{3}-\d{4}|\b\d{3}-\d{3}-\d{4}\b|https:\/\/[^\s<>"']+[^\s<>"'.,;:!?)]/g;

/** The `tel:` address of a written number. */
export function telephone(number: string): string {
  return `tel:${number.replace(/[^\d+]/g, '')}`;
}

/** Cuts a text at its telephone numbers and secure links. Everything becomes text nodes, never markup. */
export function textParts(text: string): TextPart[] {
  const parts: TextPart[] = [];
  let from = 0;
  for (const match of text.matchAll(LINKS)) {
    if (match.index > from) parts.push({ text: text.slice(from, match.index) });
    const found = match[0];
    parts.push({ text: found, href: found.startsWith('https:') ? found : telephone(found) });
    from = match.index + found.length;
  }
  if (from < text.length) parts.push({ text: text.slice(from) });
  return parts;
}

/** Numbers that an emergency card offers as large buttons, in the order of the text: "Call 911", "Call 988", Poison Help. */
export function emergencyNumbers(text: string): string[] {
  return [...new Set(text.match(/\b(?:911|988|1-800-222-1222)\b/g) ?? [])];
}
