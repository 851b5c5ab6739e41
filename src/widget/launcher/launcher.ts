import { inkOn, readColour } from '../shared/contrast';
import type { ToFrame } from '../shared/frame-messages';
import { readFrameMessage } from '../shared/frame-messages';
import { launcherStyle } from './launcher-style';

/** How long the frame may take before the patient is told to call instead, in all and once it has loaded, in milliseconds. */
const READY_WITHIN = 15_000;
const LOADED_WITHIN = 2000;
const PHONE = '(max-width: 480px), (max-height: 480px)';
const SVG = 'http://www.w3.org/2000/svg';
const SANDBOX =
  'allow-scripts allow-same-origin allow-forms allow-popups allow-popups-to-escape-sandbox allow-downloads allow-modals allow-top-navigation-to-custom-protocols';
/** Remembers in this tab that the chat was used, so that it is still there on the clinic's next page. */
const MEMORY = 'aftercare-chat';

const remembered = (): string | null => {
  try {
    return sessionStorage.getItem(MEMORY);
  } catch {
    return null; // storage is switched off: the chat then starts closed on each page
  }
};
const remember = (state: string): void => {
  try {
    sessionStorage.setItem(MEMORY, state);
  } catch {
    // as above
  }
};

const element = (tag: string, attributes: Readonly<Record<string, string>>, ...children: (Node | string)[]): HTMLElement => {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
};

const icon = (): SVGElement => {
  const svg = document.createElementNS(SVG, 'svg');
  const path = document.createElementNS(SVG, 'path');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('aria-hidden', 'true');
  path.setAttribute('d', 'M4 4h16a2 2 0 0 1 2 2v9a2 2 0 0 1-2 2h-8l-5 4v-4H4a2 2 0 0 1-2-2V6a2 2 0 0 1 2-2Z');
  svg.append(path);
  return svg;
};

const start = (script: HTMLScriptElement): void => {
  const { clinic = '', color, position, phone, label = 'Aftercare chat' } = script.dataset;
  const { origin } = new URL(script.src);
  const colour = readColour(color) ?? '#1f5b55';
  const rtl = getComputedStyle(document.documentElement).direction === 'rtl';

  const host = document.createElement('aftercare-chat');
  // inline and important: no rule of the page's can win against it
  for (const [name, value] of [
    ['all', 'initial'],
    ['position', 'fixed'],
    ['inset', 'auto'],
    ['z-index', '2147483000'],
    ['display', 'block'],
  ] as const)
    host.style.setProperty(name, value, 'important');
  const root = host.attachShadow({ mode: 'closed' });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(launcherStyle);
  root.adoptedStyleSheets = [sheet];

  const badge = element('span', { class: 'badge', hidden: '' });
  const button = element('button', { type: 'button', 'aria-expanded': 'false' }, icon(), element('span', { class: 'text' }, label), badge);
  const panel = element('div', { class: 'panel', hidden: '' });
  const side = position === 'left' ? 'left' : 'right';
  const box = element('div', { class: `box ${side}`, dir: rtl ? 'rtl' : 'ltr' }, panel, button);
  box.style.setProperty('--colour', colour);
  box.style.setProperty('--ink', inkOn(colour));
  root.append(box);

  const call = phone ? element('a', { href: `tel:${phone.replace(/[^\d+]/g, '')}` }, `Call the clinic: ${phone}`) : '';
  const again = element('button', { type: 'button' }, 'Try again');
  const close = element('button', { type: 'button' }, 'Close');
  const note = 'The chat cannot be reached. Please call the clinic. In an emergency call 911.';
  const sorry = element('div', { class: 'sorry', role: 'alert' }, element('p', {}, note), call, again, close);

  let frame: HTMLIFrameElement | null = null;
  let ready = false;
  let open = false;
  let locked = false;
  let pageOverflow = '';

  const tell = (type: ToFrame['type']): void => frame?.contentWindow?.postMessage({ aftercare: 1, type } satisfies ToFrame, origin);
  const name = (unread: number): void => {
    button.setAttribute('aria-label', open ? `Close: ${label}` : unread > 0 ? `${label}, ${unread} new` : label);
    badge.textContent = unread > 9 ? '9+' : String(unread);
    badge.hidden = unread === 0 || open;
  };
  name(0);

  /** Over the frame, not in its place: should the chat come after all, it is shown. */
  const apologise = (): void => {
    sorry.remove();
    panel.prepend(sorry);
    if (frame) frame.hidden = true;
  };

  const load = (): void => {
    if (frame) return;
    const address = new URL('/chat', origin);
    address.searchParams.set('host', location.origin);
    if (clinic) address.searchParams.set('clinic', clinic);
    if (color) address.searchParams.set('color', colour);
    if (rtl) address.searchParams.set('dir', 'rtl');
    frame = element('iframe', { title: label, sandbox: SANDBOX, referrerpolicy: 'no-referrer', src: address.href }) as HTMLIFrameElement;
    const mine = frame;
    const check = (): void => {
      if (!ready && frame === mine) apologise();
    };
    // a page that was refused or failed has loaded, too, but never says that it is ready
    frame.onload = () => setTimeout(check, LOADED_WITHIN);
    setTimeout(check, READY_WITHIN);
    panel.replaceChildren(frame);
  };

  /** On a phone the chat is as large as what the keyboard leaves. */
  const fit = (): void => {
    const view = visualViewport;
    const fills = open && matchMedia(PHONE).matches;
    box.classList.toggle('fills', fills);
    panel.style.height = fills && view ? `${view.height}px` : '';
    panel.style.top = fills && view ? `${view.offsetTop}px` : '';
    const page = document.documentElement.style;
    if (fills === locked) return;
    locked = fills;
    if (fills) pageOverflow = page.overflow;
    page.overflow = fills ? 'hidden' : pageOverflow;
  };

  const show = (wish: boolean, takesFocus = true): void => {
    open = wish;
    remember(open ? 'open' : 'closed');
    if (open) load();
    panel.hidden = !open;
    button.setAttribute('aria-expanded', String(open));
    name(0);
    fit();
    tell(open ? 'shown' : 'hidden');
    if (!takesFocus) return;
    if (open) frame?.focus();
    else button.focus();
  };

  addEventListener('message', (event) => {
    const type = readFrameMessage(event, { origin, source: frame?.contentWindow ?? null });
    if (type === 'ready') {
      ready = true;
      sorry.remove();
      if (frame) frame.hidden = false;
      tell(open ? 'shown' : 'hidden');
    } else if (type === 'close') show(false);
    else if (type === 'unread') name(Number((event.data as { count?: unknown }).count) || 0);
  });
  button.onclick = () => show(!open);
  close.onclick = () => show(false);
  again.onclick = () => {
    frame = null;
    load();
  };
  for (const sign of ['pointerenter', 'focus', 'touchstart']) button.addEventListener(sign, load, { passive: true });
  addEventListener('resize', fit);
  visualViewport?.addEventListener('resize', fit);
  visualViewport?.addEventListener('scroll', fit);

  document.body.append(host);
  const before = remembered();
  if (before === 'open') show(true, false);
  else if (before !== null) load();
};

const script = document.currentScript as HTMLScriptElement | null;
if (script && !document.querySelector('aftercare-chat')) {
  if (document.body) start(script);
  else addEventListener('DOMContentLoaded', () => start(script));
}
