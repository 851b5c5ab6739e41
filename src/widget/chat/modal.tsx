import type { ComponentChildren, JSX } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { texts } from './texts';

/** A dialog over the conversation; the browser keeps the focus inside, and gives it back. */
export function Modal(props: { title: string; isOpen: boolean; onClose: () => void; children: ComponentChildren }): JSX.Element | null {
  const dialog = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => {
    const element = dialog.current;
    if (!element || !props.isOpen) return undefined;
    element.showModal();
    return () => element.close();
  }, [props.isOpen]);
  if (!props.isOpen) return null;
  /** Closed by the browser first, while it still stands in the page: that gives the focus back. */
  const close = (): void => {
    dialog.current?.close();
    props.onClose();
  };
  return (
    <dialog
      ref={dialog}
      aria-labelledby="dialog-title"
      onCancel={(event) => {
        event.preventDefault();
        close();
      }}
    >
      <h2 id="dialog-title">{props.title}</h2>
      {props.children}
      <button type="button" class="plain" onClick={close}>
        {texts.done}
      </button>
    </dialog>
  );
}
