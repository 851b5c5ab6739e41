import type { JSX } from 'preact';
import { Composer } from './composer';
import { Choices } from './choices';
import { EraseDialog, PhotoDialog } from './dialogs';
import { Head } from './head';
import { Linked } from './linked';
import { Messages } from './messages';
import type { Page, View } from './page';
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
      {talk.escalation && <p class="bar news">{talk.escalation.text}</p>}
      {isErased ? (
        <div class="erased">
          <p>{texts.erased}</p>
          <button type="button" class="plain" onClick={() => page.startAnew()}>
            {texts.startAnew}
          </button>
        </div>
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

function Footer({ page }: { page: Page }): JSX.Element {
  return (
    <p class="footer" id="footer">
      <Linked text={page.config.words.footer} />
    </p>
  );
}
