'use strict';
/**
 * Keeps a page of the console up to date: listens for news, then fetches the page and puts its live regions in the place of the old ones.
 * What somebody is typing stands outside of them and stays. When the line is cut the page says since when it is not live; after each
 * reconnect it fetches everything anew.
 */
(() => {
  const address = document.body.dataset.live;
  const page = document.body.dataset.page;
  const status = document.getElementById('live-status');
  if (!address || !page || !status) return;

  const DEAD_AFTER_MS = 20000;
  const RETRY_MS = 3000;
  let source = null;
  let state = null;
  let lastAt = '';
  let heardAt = Date.now();
  let isFetching = false;
  let isStale = false;
  let isOver = false;

  const say = (text, isCut) => {
    if (status.textContent !== text) status.textContent = text;
    status.classList.toggle('cut', isCut);
  };
  const sayCut = () => say(lastAt ? `Not live since ${lastAt}, reconnecting` : 'Not live yet, connecting', true);

  const swap = (region, fresh) => {
    if (!fresh || region.innerHTML === fresh.innerHTML) return;
    const focused = region.contains(document.activeElement) ? document.activeElement.id : '';
    const hasNews = fresh.dataset.news && fresh.dataset.news !== region.dataset.news;
    region.dataset.news = fresh.dataset.news ?? '';
    region.replaceChildren(...fresh.childNodes);
    if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
    return hasNews ? fresh.dataset.news : undefined;
  };

  const refresh = async () => {
    isStale = true;
    if (isFetching) return;
    isFetching = true;
    try {
      while (isStale) {
        isStale = false;
        const response = await fetch(page, { headers: { 'x-live': '1' }, cache: 'no-store' });
        if (response.status === 403 || response.status === 404) {
          isOver = true;
          source?.close();
          return say('You are signed out, or this is gone. Reload the page.', true);
        }
        if (!response.ok) throw new Error(`The page answered ${response.status}`);
        const fresh = new DOMParser().parseFromString(await response.text(), 'text/html');
        document.title = fresh.title;
        const news = [...document.querySelectorAll('[data-region]')].map((region) => swap(region, fresh.getElementById(region.id)));
        const spoken = news.filter(Boolean).join(' ');
        say(spoken ? `Live. ${spoken}` : 'Live', false);
      }
    } catch {
      state = null; // the next beat tries again
      sayCut();
    } finally {
      isFetching = false;
    }
  };

  const connect = () => {
    source?.close();
    if (isOver) return;
    heardAt = Date.now();
    state = null;
    source = new EventSource(address);
    source.addEventListener('message', (event) => {
      const beat = JSON.parse(event.data);
      heardAt = Date.now();
      lastAt = beat.at;
      if (beat.state === state) return;
      state = beat.state;
      void refresh();
    });
    source.addEventListener('error', () => {
      state = null;
      sayCut();
      // a browser gives up by itself when the server answers with an error; the page then tells whether the session has ended
      if (source.readyState === EventSource.CLOSED) setTimeout(() => void refresh().then(connect), RETRY_MS);
    });
  };

  // A line can die without a word; beats come every few seconds, also while the tab is in the background.
  const check = () => {
    if (isOver || Date.now() - heardAt < DEAD_AFTER_MS) return;
    sayCut();
    connect();
  };
  setInterval(check, 5000);
  document.addEventListener('visibilitychange', check);
  window.addEventListener('online', connect);
  connect();
})();
