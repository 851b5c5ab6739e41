import type { JSX } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { Icon } from './icons';
import type { Page, View } from './page';
import { saveTalk } from './save-talk';
import { texts } from './texts';

/** Who one talks to, the way to a person, and everything else behind one button. */
export function Head({ page, view }: { page: Page; view: View }): JSX.Element {
  const { clinic } = page.config;
  const { staff } = view.talk;
  return (
    <header class="head">
      <div class="who">
        <h1>{clinic.name}</h1>
        <p role="status">{view.connection === 'connecting' ? texts.connecting : staff === null ? texts.helper : texts.person(staff)}</p>
      </div>
      <a class="call" href={clinic.tel} aria-label={`${texts.call}, ${clinic.phone}`}>
        {texts.call}
      </a>
      <Menu page={page} view={view} />
      {page.bridge.isFramed && (
        <button type="button" class="round" aria-label={texts.close} onClick={() => page.bridge.close()}>
          <Icon name="close" />
        </button>
      )}
    </header>
  );
}

function Menu({ page, view }: { page: Page; view: View }): JSX.Element {
  const button = useRef<HTMLButtonElement>(null);
  const list = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (!view.isMenuOpen) return undefined;
    list.current?.querySelector('button')?.focus();
    const leave = (event: Event): void => {
      if (event.target instanceof Node && !list.current?.contains(event.target) && !button.current?.contains(event.target))
        page.toggleMenu(false);
    };
    document.addEventListener('pointerdown', leave);
    const opener = button.current;
    return () => {
      document.removeEventListener('pointerdown', leave);
      if (document.activeElement === document.body || list.current?.contains(document.activeElement)) opener?.focus();
    };
  }, [view.isMenuOpen]);
  const entry = (title: string, act: () => void): JSX.Element => (
    <button
      type="button"
      onClick={() => {
        button.current?.focus();
        page.toggleMenu(false);
        act();
      }}
    >
      {title}
    </button>
  );
  return (
    <>
      <button
        type="button"
        class="round"
        ref={button}
        aria-label={texts.menu}
        aria-expanded={view.isMenuOpen}
        onClick={() => page.toggleMenu()}
      >
        <Icon name="menu" />
      </button>
      {view.isMenuOpen && (
        <div class="menu" ref={list} role="group" aria-label={texts.menu}>
          {entry(texts.timeline, () => page.open('timeline'))}
          <div class="sizes">
            <button type="button" onClick={() => page.stepTextSize(-1)}>
              {texts.smaller}
            </button>
            <button type="button" onClick={() => page.stepTextSize(1)}>
              {texts.larger}
            </button>
          </div>
          {entry(texts.print, () => window.print())}
          {entry(texts.save, () => saveTalk(page))}
          {entry(texts.erase, () => page.open('erase'))}
        </div>
      )}
    </>
  );
}
