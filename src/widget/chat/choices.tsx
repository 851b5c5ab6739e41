import type { JSX } from 'preact';
import type { WebCardAction } from '../../model/web-edge';
import type { Page } from './page';
import { texts } from './texts';

/** Suggested answers; they wrap, so that none is off the screen. */
export function Choices({ page, choices }: { page: Page; choices: readonly WebCardAction[] }): JSX.Element | null {
  if (choices.length === 0) return null;
  const say = (value: string): void => {
    // the button goes away; the focus must not go with it
    const next = matchMedia('(pointer: coarse)').matches ? '.log' : '#message';
    document.querySelector<HTMLElement>(next)?.focus({ preventScroll: true });
    page.say(value);
  };
  return (
    <div class="choices" role="group" aria-label={texts.suggested}>
      {choices.map(({ type, title, value }) =>
        type === 'imBack' ? (
          <button type="button" key={value} onClick={() => say(value)}>
            {title}
          </button>
        ) : (
          <a key={value} href={value} {...(/^https:/i.test(value) ? { target: '_blank', rel: 'noopener noreferrer' } : {})}>
            {title}
          </a>
        ),
      )}
    </div>
  );
}
