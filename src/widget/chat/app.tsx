import type { JSX } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { Composer } from './composer';
import { Choices } from './choices';
import { clockOf } from './days';
import { EraseDialog, PhotoDialog } from './dialogs';
import { Head } from './head';
import { Linked } from './linked';
import { Messages } from './messages';
import type { Page, View } from './page';
import type { EscalationNews } from './talk';
import { texts } from './texts';
import { TimelineDialog } from './timeline-dialog';

/** The whole chat. */
export function App({ page, view }: { page: Page; view: View }): JSX.Element {
  const { talk, connection, isErased } = view;
  const close = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || event.defaultPrevented || view.dialog !== null) return;
    if (view.isMenuOpen) page.toggleMenu(false);
    else page.bridge.close();
  };
  return (
    <div class="app" onKeyDown={close}>
      <Head page={page} view={view} />
      {connection === 'offline' && !isErased && <p class="bar offline">{texts.offline}</p>}
      {talk.escalation && <p class="bar news">{sayNews(talk.escalation)}</p>}
      {isErased ? (
        <Erased page={page} />
      ) : (
        <>
          <Messages page={page} talk={talk} />
          <Choices page={page} choices={talk.choices} />
          <Composer page={page} />
        </>
      )}
      <Footer page={page} />
      <TimelineDialog page={page} view={view} />
      <PhotoDialog page={page} view={view} />
      <EraseDialog page={page} view={view} />
    </div>
  );
}

function sayNews({ status, text, at }: EscalationNews): string {
  return text ?? (status === 'acknowledged' ? texts.seen(clockOf(at)) : texts.waitingForTeam(clockOf(at)));
}

/** After erasing: nothing is left but to begin anew. */
function Erased({ page }: { page: Page }): JSX.Element {
  const button = useRef<HTMLButtonElement>(null);
  useLayoutEffect(() => button.current?.focus(), []);
  return (
    <div class="erased">
      <p>{texts.erased}</p>
      <button type="button" class="plain" ref={button} onClick={() => page.startAnew()}>
        {texts.startAnew}
      </button>
    </div>
  );
}

function Footer({ page }: { page: Page }): JSX.Element {
  return (
    <p class="footer" id="footer">
      <Linked text={page.config.words.footer} />
    </p>
  );
}
