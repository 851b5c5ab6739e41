import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { Icon } from './icons';
import type { Page } from './page';
import { texts } from './texts';

const MOST_CHARACTERS = 2000;
const COUNT_BELOW = 200;
const MOST_HEIGHT_PX = 144;

/** Where one writes. Enter sends, Shift and Enter begins a line. */
export function Composer({ page }: { page: Page }): JSX.Element {
  const input = useRef<HTMLTextAreaElement>(null);
  const [left, setLeft] = useState(MOST_CHARACTERS);
  useEffect(() => {
    // a phone would open its keyboard over the greeting
    if (matchMedia('(pointer: coarse)').matches) return;
    const refocus = (): void => {
      if (document.activeElement === document.body) input.current?.focus({ preventScroll: true });
    };
    // a frame comes up unseen, too: it would take the focus, and the keys, from what the patient does on the clinic's page
    if (!page.bridge.isFramed || document.hasFocus()) refocus();
    addEventListener('focus', refocus);
    return () => removeEventListener('focus', refocus);
  }, []);
  const fit = (): void => {
    const element = input.current;
    if (!element) return;
    element.style.height = 'auto';
    element.style.height = `${Math.min(element.scrollHeight + 2, MOST_HEIGHT_PX)}px`;
    setLeft(MOST_CHARACTERS - element.value.length);
  };
  const send = (event: Event): void => {
    event.preventDefault();
    const element = input.current;
    if (!element || element.value.trim() === '') return;
    page.say(element.value);
    element.value = '';
    element.focus();
    fit();
  };
  const onKey = (event: KeyboardEvent): void => {
    if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) send(event);
  };
  return (
    <form class="composer" autocomplete="off" onSubmit={send}>
      <button type="button" class="round" aria-label={texts.photo} onClick={() => page.open('photo')}>
        <Icon name="photo" />
      </button>
      <label class="hidden" for="message">
        {texts.yourMessage}
      </label>
      <textarea
        id="message"
        ref={input}
        rows={1}
        dir="auto"
        maxLength={MOST_CHARACTERS}
        placeholder={texts.placeholder}
        enterkeyhint="send"
        aria-describedby="footer"
        onInput={fit}
        onKeyDown={onKey}
      />
      <button type="submit" class="send">
        {texts.send}
      </button>
      {left < COUNT_BELOW && <p class="count">{texts.left(left)}</p>}
    </form>
  );
}
