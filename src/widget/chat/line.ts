import type { WebActivity } from '../../model/web-edge';
import type { Delivery, Outgoing } from './delivery';
import type { Reply } from './http';
import { call } from './http';
import type { Keep } from './keep';
import type { LinkOutcome } from './personal-link';
import { settleLink, waitingLink } from './personal-link';

const REFRESH_BELOW_MS = 15 * 60_000;
const LEAST_POLLING_MS = 5_000;
const MOST_POLLING_MS = 5 * 60_000;
const POLL_EVERY_MS = 2_000;
const USELESS_SOCKET_MS = 5_000;
const USELESS_SOCKETS = 3;
const PING_MS = 20_000;
const ECHO_WAIT_MS = 4_000;
const MOST_WAIT_MS = 15_000;
const LOCK_WAIT_MS = 3_000;
/** The server closes the oldest of too many tabs with this code; that tab waits until someone looks at it. */
const TOO_MANY_TABS = 1008;

/** What a browser holds of its conversation. */
interface Session {
  readonly conversationId: string;
  readonly token: string;
  /** Epoch milliseconds. */
  readonly expiresAt: number;
}

interface Opened {
  readonly conversationId: string;
  readonly token: string;
  readonly expires_in: number;
  readonly streamUrl: string;
  readonly isNew: boolean;
  readonly activities: readonly WebActivity[];
  readonly watermark: string;
  readonly link?: LinkOutcome;
}

interface ActivitySet {
  readonly activities?: readonly WebActivity[];
  readonly watermark?: string;
}

/** Whether messages can get through. */
export type Connection = 'connecting' | 'connected' | 'offline';

/** What the line tells the page. */
export interface LineEvents {
  onActivities(activities: readonly WebActivity[], isHistory: boolean): void;
  onConnection(connection: Connection): void;
  /** A conversation begins in place of one that has ended. */
  onReplaced(): void;
  /** What came of the personal link that the page was opened with. */
  onLink(outcome: LinkOutcome): void;
  /** The conversation was erased, here or in another tab. */
  onErased(): void;
}

/** The connection of one tab to its conversation. */
export interface Line {
  deliver(message: Outgoing): Promise<Delivery>;
  /** Calls an address of the conversation with its token. */
  ask<T>(path: string, method?: string): Promise<Reply<T>>;
  erase(): Promise<Reply<unknown>>;
  /** Begins anew after an erased conversation. */
  restart(): void;
}

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
/** 403 is an expired token, 404 a purged conversation: both call for a new one. */
const isGone = (reply: Reply<unknown>): boolean => reply.status === 403 || reply.status === 404;

/** Opens the conversation and stays connected to it, with the Direct Line protocol; every activity is told once and in order. */
export class DirectLine implements Line {
  private watermark = 0;
  private readonly received = new Set<string>();
  private socket: WebSocket | null = null;
  private opening: Promise<Reply<Opened>> | null = null;
  private failures = 0;
  private socketFailures = 0;
  private pollingMs = LEAST_POLLING_MS;
  private wake: () => void = () => undefined;
  private stopped = false;

  constructor(
    private readonly clinicId: string,
    private readonly keep: Keep,
    private readonly events: LineEvents,
  ) {
    addEventListener('online', () => this.wake());
    addEventListener('offline', () => events.onConnection('offline'));
    addEventListener('storage', (event) => this.onOtherTab(event));
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState !== 'visible') return;
      void this.refresh();
      this.wake();
    });
    setInterval(() => void this.refresh(), 60_000);
    // An empty frame makes the browser notice a line that broke in silence.
    setInterval(() => this.isOpen() && this.socket?.send(''), PING_MS);
    void this.stayConnected();
  }

  async deliver(message: Outgoing): Promise<Delivery> {
    try {
      const reply = await this.post(message);
      if (reply.ok) {
        void this.confirmEcho(reply.body.id);
        return { kind: 'sent' };
      }
      if (reply.status === 400 || reply.status === 413) return { kind: 'refused', reason: reply.body.error?.message ?? '' };
      return { kind: 'lost', waitMs: reply.waitMs };
    } catch {
      return { kind: 'lost', waitMs: 0 }; // no network: the page says so and tries again
    }
  }

  ask<T>(path: string, method = 'GET'): Promise<Reply<T>> {
    return call<T>(path, { method, token: this.session()?.token });
  }

  async erase(): Promise<Reply<unknown>> {
    const reply = await this.ask(this.conversationPath(''), 'DELETE');
    if (reply.ok || isGone(reply)) this.forget();
    return reply;
  }

  restart(): void {
    this.watermark = 0;
    this.received.clear();
    this.stopped = false;
    void this.stayConnected();
  }

  private session(): Session | null {
    return this.keep.get('session') as Session | null;
  }

  private hold(answer: Pick<Opened, 'conversationId' | 'token' | 'expires_in'>): void {
    const { conversationId, token } = answer;
    this.keep.set('session', { conversationId, token, expiresAt: Date.now() + answer.expires_in * 1000 } satisfies Session);
  }

  private forget(): void {
    this.keep.remove('session');
    this.keep.remove('link-claim');
    this.stopped = true;
    this.socket?.close();
    this.events.onErased();
  }

  private onOtherTab(event: StorageEvent): void {
    if (this.stopped || event.key === null || !event.key.endsWith('session')) return;
    if (event.newValue === null) this.forget();
    else if (event.oldValue === null || JSON.parse(event.oldValue).conversationId !== JSON.parse(event.newValue).conversationId) {
      this.watermark = 0;
      this.socket?.close();
    }
  }

  private conversationPath(rest: string): string {
    return `/v3/directline/conversations/${encodeURIComponent(this.session()?.conversationId ?? '')}${rest}`;
  }

  private receive({ activities = [], watermark }: ActivitySet, isHistory = false): void {
    const fresh = activities.filter(({ id }) => !this.received.has(id));
    for (const { id } of fresh) this.received.add(id);
    if (watermark !== undefined) this.watermark = Math.max(this.watermark, Number(watermark));
    if (fresh.length > 0) this.events.onActivities(fresh, isHistory);
  }

  /** One opening at a time, in this tab and over all tabs: they share one conversation. */
  private open(): Promise<Reply<Opened>> {
    this.opening ??= this.openAlone().finally(() => (this.opening = null));
    return this.opening;
  }

  private async openAlone(): Promise<Reply<Opened>> {
    let hasStarted = false;
    const run = async (): Promise<Reply<Opened>> => {
      hasStarted = true;
      const before = this.session();
      const isFirst = this.watermark === 0;
      const reply = await call<Opened>(`/widget/open?watermark=${this.watermark}`, {
        method: 'POST',
        body: { clinic: this.clinicId, locale: navigator.language, link: waitingLink(this.keep) ?? undefined },
        token: before?.token,
      });
      if (!reply.ok) return reply;
      if (reply.body.isNew) {
        this.watermark = 0;
        if (before !== null) this.events.onReplaced();
      }
      this.hold(reply.body);
      this.receive(reply.body, isFirst && !reply.body.isNew);
      if (reply.body.link) {
        settleLink(this.keep, reply.body.link);
        this.events.onLink(reply.body.link);
      }
      return reply;
    };
    const { locks } = navigator as { locks?: LockManager };
    if (!locks) return run();
    try {
      return await locks.request('aftercare-open', { signal: AbortSignal.timeout(LOCK_WAIT_MS) }, run);
    } catch (error) {
      if (hasStarted) throw error;
      return run(); // another tab was put to sleep with the lock in its hand
    }
  }

  private async pull(): Promise<Reply<ActivitySet>> {
    const reply = await this.ask<ActivitySet>(this.conversationPath(`/activities?watermark=${this.watermark}`));
    if (reply.ok) this.receive(reply.body);
    return reply;
  }

  private isOpen(): boolean {
    return this.socket?.readyState === WebSocket.OPEN;
  }

  private listen(url: string): Promise<void> {
    return new Promise((resolve) => {
      const socket = new WebSocket(url);
      const since = Date.now();
      let isUseful = false;
      this.socket = socket;
      socket.onopen = () => {
        this.failures = 0;
        this.events.onConnection('connected');
      };
      socket.onmessage = ({ data }) => {
        isUseful = true;
        this.pollingMs = LEAST_POLLING_MS;
        if (typeof data === 'string' && data !== '') this.receive(JSON.parse(data) as ActivitySet);
      };
      socket.onclose = ({ code }) => {
        // Sockets that never hold are of no use here (a proxy eats them); asking is slower but better than nothing.
        isUseful ||= Date.now() - since >= USELESS_SOCKET_MS;
        this.socketFailures = isUseful ? 0 : this.socketFailures + 1;
        if (this.socket === socket) this.socket = null;
        if (code === TOO_MANY_TABS) void this.untilLookedAt().then(resolve);
        else resolve();
      };
    });
  }

  private untilLookedAt(): Promise<void> {
    return new Promise((resolve) => (this.wake = resolve));
  }

  /** Where sockets are blocked the chat asks every two seconds instead, and tries a socket again now and then. */
  private async poll(): Promise<void> {
    this.failures = 0;
    this.events.onConnection('connected');
    for (const until = Date.now() + this.pollingMs; Date.now() < until && !this.stopped;) {
      if (!(await this.pull()).ok) return;
      await sleep(POLL_EVERY_MS);
    }
    this.pollingMs = Math.min(MOST_POLLING_MS, this.pollingMs * 2);
    this.socketFailures = USELESS_SOCKETS - 1;
  }

  private async connectOnce(): Promise<number> {
    const reply = await this.open();
    if (!reply.ok) return reply.waitMs;
    if (this.socketFailures >= USELESS_SOCKETS) await this.poll();
    else await this.listen(reply.body.streamUrl);
    return 0;
  }

  private async stayConnected(): Promise<void> {
    while (!this.stopped) {
      const waitMs = await this.connectOnce().catch(() => 0); // no network: said below, tried again
      if (this.stopped) return;
      this.events.onConnection(this.failures > 0 ? 'offline' : 'connecting');
      this.failures += 1;
      const backoffMs = Math.random() * Math.min(MOST_WAIT_MS, 400 * 2 ** Math.min(this.failures, 6));
      await Promise.race([sleep(Math.max(waitMs, backoffMs)), new Promise<void>((resolve) => (this.wake = resolve))]);
    }
  }

  private async post({ text, clientId }: Outgoing): Promise<Reply<{ id: string }>> {
    const activity = { type: 'message', text, locale: navigator.language, channelData: { clientActivityID: clientId } };
    const send = (): Promise<Reply<{ id: string }>> =>
      call(this.conversationPath('/activities'), { method: 'POST', body: activity, token: this.session()?.token });
    if (this.session() === null && !(await this.open()).ok) throw new Error('Send message: there is no conversation yet');
    const reply = await send();
    if (!isGone(reply) || !(await this.open()).ok) return reply;
    this.socket?.close();
    return send();
  }

  /** A socket can be dead without knowing it; a stored message whose echo does not come shows that. */
  private async confirmEcho(id: string): Promise<void> {
    if (this.isOpen()) await sleep(ECHO_WAIT_MS);
    if (this.received.has(id) || this.stopped) return;
    await this.pull().catch(() => undefined); // the next connection replays it
    this.socket?.close();
  }

  private async refresh(): Promise<void> {
    const session = this.session();
    if (session === null || session.expiresAt - Date.now() > REFRESH_BELOW_MS) return;
    const reply = await this.ask<Opened>('/v3/directline/tokens/refresh', 'POST').catch(() => null); // tried again in a minute
    if (reply?.ok) this.hold(reply.body);
  }
}
