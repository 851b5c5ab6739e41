import type { JSX } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { clockOf, dayOf } from './days';
import { EmergencyCard } from './emergency-card';
import { Linked } from './linked';
import type { Page } from './page';
import type { Item, Mine as MineItem, Talk } from './talk';
import { texts } from './texts';

const NEAR_END_PX = 140;
const MARGIN_PX = 8;

/** An item never changes, so what was drawn of it is kept: a long conversation must not be drawn anew for each message. */
const drawn = new WeakMap<Item, JSX.Element>();

function drawItem(page: Page, item: Item): JSX.Element {
  const element = drawn.get(item) ?? <Message page={page} item={item} key={item.id} />;
  drawn.set(item, element);
  return element;
}

/** What was said, oldest first; it follows new messages unless the patient has scrolled up to read. */
export function Messages({ page, talk }: { page: Page; talk: Talk }): JSX.Element {
  const log = useRef<HTMLDivElement>(null);
  const wasNearEnd = useRef(true);
  const count = useRef(0);
  useLayoutEffect(() => {
    const element = log.current;
    if (!element) return;
    const last = talk.items.at(-1);
    const isNew = talk.items.length > count.current;
    const isAlarm = last !== undefined && last.kind === 'bot' && last.level === 'emergency';
    count.current = talk.items.length;
    if (!wasNearEnd.current && !(isNew && (isAlarm || last?.kind === 'mine'))) return;
    const item = element.querySelector<HTMLElement>('.items > :last-child');
    // a message longer than the window is shown from its beginning
    const top = item && isNew && last?.kind !== 'mine' ? item.offsetTop - MARGIN_PX : element.scrollHeight;
    element.scrollTop = Math.min(element.scrollHeight, top);
  });
  const remember = (): void => {
    const element = log.current;
    if (element) wasNearEnd.current = element.scrollHeight - element.scrollTop - element.clientHeight < NEAR_END_PX;
  };
  let day = '';
  return (
    <div class="log" ref={log} tabIndex={0} role="region" aria-label={texts.messages} onScroll={remember}>
      <div class="items">
        {talk.items.map((item) => {
          const itsDay = dayOf(item.at);
          const isNewDay = itsDay !== day;
          day = itsDay;
          return [
            isNewDay && (
              <h2 class="day" key={`day-${item.id}`}>
                {itsDay}
              </h2>
            ),
            drawItem(page, item),
          ];
        })}
        {talk.typingUntil > Date.now() && (
          <p class="typing" key="typing">
            <span class="dots" aria-hidden="true">
              <i />
              <i />
              <i />
            </span>
            <span>{texts.writing}</span>
          </p>
        )}
      </div>
    </div>
  );
}

function Message({ page, item }: { page: Page; item: Item }): JSX.Element {
  if (item.kind === 'note')
    return (
      <p class="note">
        {item.text} <time dateTime={item.at}>{clockOf(item.at)}</time>
      </p>
    );
  if (item.kind === 'mine') return <Mine page={page} item={item} />;
  const isEmergency = item.level === 'emergency';
  return (
    <div class={`message ${item.kind} ${item.level}`}>
      {isEmergency ? (
        <EmergencyCard text={item.text} clinic={page.config.clinic} />
      ) : (
        <p class="bubble" dir="auto">
          <Linked text={item.text} />
        </p>
      )}
      <p class="meta">
        {item.kind === 'staff' && <b class="human">{texts.human}</b>} {item.from}, <time dateTime={item.at}>{clockOf(item.at)}</time>
      </p>
    </div>
  );
}

function Mine({ page, item }: { page: Page; item: MineItem }): JSX.Element {
  const isStuck = item.state === 'waiting' || item.state === 'failed';
  return (
    <div class={`message mine ${item.state}`}>
      <p class="bubble" dir="auto">
        {item.text}
      </p>
      <p class="meta">
        {item.state === 'sent' || item.state === 'sending' ? (
          <>
            {texts.you}, <time dateTime={item.at}>{clockOf(item.at)}</time> · {texts[item.state]}
          </>
        ) : (
          `${texts[item.state]} ${item.reason}`
        )}
        {isStuck && (
          <button type="button" class="retry" onClick={() => page.retry(item.id)}>
            {texts.tryAgain}
          </button>
        )}
      </p>
      {item.isDanger && <EmergencyCard text={page.config.words.unsentDanger} clinic={page.config.clinic} />}
    </div>
  );
}
