/** HTML that is safe to send: everything put into it was escaped. */
export class Markup {
  constructor(readonly text: string) {}
}

/** What a template takes: text is escaped, lists are joined, null and false leave nothing. */
export type Part = string | number | Markup | null | false | readonly Part[];

/** A piece of HTML from a template; every value in it is escaped unless it is markup itself. */
export function markup(strings: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  return new Markup(strings.map((piece, index) => `${piece}${index < parts.length ? write(parts[index] ?? null) : ''}`).join(''));
}

function write(part: Part): string {
  if (part === null || part === false) return '';
  if (part instanceof Markup) return part.text;
  if (typeof part === 'string' || typeof part === 'number') return escapeHtml(String(part));
  return part.map(write).join('');
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
