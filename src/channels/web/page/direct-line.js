// A Direct Line 3.0 client for one browser tab: token and conversation, the stream with its replays, sending without doubles.

const storageKey = 'aftercare-chat';
const requestTimeoutMs = 15000;
const refreshBelowMs = 15 * 60000;
const pollingMs = 5 * 60000;
const uselessSocketMs = 5000;
const pingMs = 20000;
const echoWaitMs = 4000;

const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
/** 403 is an expired token, 404 a purged conversation: both call for a new one. */
const isLost = (reply) => reply.status === 403 || reply.status === 404;

/** Token and conversation survive a reload of this tab; nothing else is kept in the browser. */
function createSession() {
  const load = () => {
    try {
      return JSON.parse(sessionStorage.getItem(storageKey) ?? 'null');
    } catch {
      return null;
    }
  };
  let current = load();
  return {
    get: () => current,
    keep: (answer) => {
      current = { conversationId: answer.conversationId, token: answer.token, expiresAt: Date.now() + answer.expires_in * 1000 };
      try {
        sessionStorage.setItem(storageKey, JSON.stringify(current));
      } catch {
        // Storage is blocked: the chat works, it only does not survive a reload.
      }
    },
  };
}

async function request(path, { method = 'GET', body, token } = {}) {
  const headers = { accept: 'application/json' };
  if (token) headers.authorization = `Bearer ${token}`;
  if (body) headers['content-type'] = 'application/json';
  const options = { method, headers, signal: AbortSignal.timeout(requestTimeoutMs) };
  const response = await fetch(path, body ? { ...options, body: JSON.stringify(body) } : options);
  const answer = await response.json().catch(() => ({}));
  return { status: response.status, ok: response.ok, answer, waitMs: Number(response.headers.get('retry-after') ?? 0) * 1000 };
}

/**
 * Connects and stays connected. Calls `onSet(activities, isHistory)` for whatever the server has, in its order,
 * `onStatus(text)`, and `onNewConversation()` before the activities of a conversation that replaces a lost one.
 */
export function createLine({ onSet, onStatus, onNewConversation }) {
  const session = createSession();
  const received = new Set();
  let watermark = '0';
  let awaitsHistory = session.get() !== null;
  let socket = null;
  let starting = null;
  let failures = 0;
  let socketFailures = 0;
  let wake = () => undefined;

  const call = (path, options) => request(`v3/directline/${path}`, { token: session.get()?.token, ...options });
  const conversationPath = (rest) => `conversations/${encodeURIComponent(session.get().conversationId)}${rest}`;

  const receive = ({ activities = [], watermark: next }) => {
    onSet(activities, awaitsHistory);
    for (const { id } of activities) received.add(id);
    awaitsHistory = false;
    if (next && Number(next) > Number(watermark)) watermark = next;
  };

  const begin = async () => {
    const isReplacement = session.get() !== null;
    const given = await request('widget/token', { method: 'POST' });
    if (!given.ok) return given;
    if (isReplacement) onNewConversation();
    watermark = '0';
    awaitsHistory = false;
    session.keep(given.answer);
    const started = await call('conversations', { method: 'POST', body: { locale: navigator.language } });
    if (started.ok) session.keep(started.answer);
    return started;
  };
  /** One start at a time: a message that finds its conversation gone and the reconnecting line share it. */
  const startConversation = () => {
    starting ??= begin().finally(() => (starting = null));
    return starting;
  };
  const openConversation = async () => {
    if (session.get() === null) return startConversation();
    const reply = await call(conversationPath(`?watermark=${watermark}`));
    return isLost(reply) ? startConversation() : reply;
  };

  const pull = async () => {
    const reply = await call(conversationPath(`/activities?watermark=${watermark}`));
    if (reply.ok) receive(reply.answer);
    return reply;
  };
  /** Where sockets are blocked the chat asks every two seconds instead, and tries a socket again now and then. */
  const poll = async () => {
    onStatus('Connected');
    failures = 0;
    for (const until = Date.now() + pollingMs; Date.now() < until;) {
      const reply = await pull();
      if (!reply.ok) return;
      await sleep(2000);
    }
    socketFailures = 0;
  };
  const listen = (streamUrl) =>
    new Promise((resolve) => {
      const openedAt = Date.now();
      socket = new WebSocket(streamUrl);
      socket.addEventListener('open', () => {
        failures = 0;
        onStatus('Connected');
      });
      socket.addEventListener('message', ({ data }) => {
        if (!data) return;
        socketFailures = 0;
        receive(JSON.parse(data));
      });
      socket.addEventListener('close', () => {
        // Some networks open a socket and drop it at once; that is no better than refusing it.
        if (Date.now() - openedAt < uselessSocketMs) socketFailures += 1;
        resolve();
      });
    });
  const connectOnce = async () => {
    const reply = await openConversation();
    if (!reply.ok) return reply.waitMs;
    session.keep(reply.answer);
    if (socketFailures >= 3) await poll();
    else await listen(reply.answer.streamUrl);
    return 0;
  };
  const stayConnected = async () => {
    for (;;) {
      // Without a network the request fails: said in the status line, tried again below.
      const waitMs = await connectOnce().catch(() => 0);
      failures += 1;
      onStatus(failures > 1 ? 'No connection. Trying again…' : 'Reconnecting…');
      const backoffMs = Math.min(15000, 500 * 2 ** Math.min(failures, 5)) * (0.5 + Math.random());
      await Promise.race([sleep(Math.max(waitMs, backoffMs)), new Promise((resolve) => (wake = resolve))]);
    }
  };
  const isOpen = () => socket !== null && socket.readyState === WebSocket.OPEN;

  const untilSession = async () => {
    for (const until = Date.now() + requestTimeoutMs; session.get() === null && Date.now() < until;) await sleep(100);
    if (session.get() === null) throw new Error('Send message: there is no conversation yet; expected one');
  };
  const post = ({ text, clientId }) => {
    const activity = { type: 'message', text, locale: navigator.language, channelData: { clientActivityID: clientId } };
    return call(conversationPath('/activities'), { method: 'POST', body: activity });
  };
  /** A socket can be dead without knowing it; a stored message whose echo does not come shows that. */
  const confirmEcho = async (id) => {
    if (isOpen()) await sleep(echoWaitMs);
    if (received.has(id)) return;
    await pull().catch(() => undefined);
    socket?.close();
  };
  const deliver = async (message) => {
    await untilSession();
    let reply = await post(message);
    if (isLost(reply)) {
      await startConversation();
      socket?.close();
      reply = await post(message);
    }
    if (reply.ok) void confirmEcho(reply.answer.id);
    return { ok: reply.ok, reason: reply.status === 400 ? (reply.answer.error?.message ?? null) : null };
  };
  let queue = Promise.resolve();

  const refresh = async () => {
    const current = session.get();
    if (current === null || current.expiresAt - Date.now() > refreshBelowMs) return;
    const reply = await call('tokens/refresh', { method: 'POST' }).catch(() => null);
    if (reply?.ok) session.keep(reply.answer);
  };

  addEventListener('online', () => {
    onStatus(isOpen() ? 'Connected' : 'Reconnecting…');
    wake();
  });
  addEventListener('offline', () => onStatus('No connection'));
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') void refresh().then(() => wake());
  });
  setInterval(() => void refresh(), 60000);
  // An empty frame makes the browser notice a line that broke in silence.
  setInterval(() => isOpen() && socket.send(''), pingMs);
  void stayConnected();

  return {
    /** Sends one message after those before it; its `clientId` stays the same when it is sent again, so a repeat is no second message. */
    send: (message) => {
      const delivery = queue.then(() => deliver(message)).catch(() => ({ ok: false, reason: null }));
      queue = delivery;
      return delivery;
    },
  };
}
