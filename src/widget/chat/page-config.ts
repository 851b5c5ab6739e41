import type { WidgetWords } from '../../model/web-edge';

/** What the server wrote into the page. */
export interface PageConfig {
  readonly clinic: { readonly id: string; readonly name: string; readonly phone: string; readonly tel: string };
  /** Origin of the page around the frame; null when the chat is a page of its own. */
  readonly host: string | null;
  readonly colour: string | null;
  readonly words: WidgetWords;
}

/** Reads it. */
export function readPageConfig(body: HTMLElement): PageConfig {
  return JSON.parse(body.dataset['config'] ?? '') as PageConfig;
}
