import type { JSX } from 'preact';
import { Linked } from './linked';
import { Modal } from './modal';
import type { Page, View } from './page';
import { texts } from './texts';

/** Says why a photo is of no use, instead of taking one. */
export function PhotoDialog({ page, view }: { page: Page; view: View }): JSX.Element {
  return (
    <Modal title={texts.photo} isOpen={view.dialog === 'photo'} onClose={() => page.open(null)}>
      <p>
        <Linked text={page.config.words.photo} />
      </p>
    </Modal>
  );
}

/** Asks before everything is erased, and says why it cannot be. */
export function EraseDialog({ page, view }: { page: Page; view: View }): JSX.Element {
  return (
    <Modal title={texts.eraseQuestion} isOpen={view.dialog === 'erase'} onClose={() => page.open(null)}>
      <p>{texts.eraseExplains}</p>
      {view.eraseProblem !== null && (
        <p class="problem" role="alert">
          {view.eraseProblem}
        </p>
      )}
      <button type="button" class="danger" onClick={() => void page.erase()}>
        {texts.eraseYes}
      </button>
    </Modal>
  );
}
