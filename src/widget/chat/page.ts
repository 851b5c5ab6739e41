import type { CareTimeline } from '../../model/web-edge';
import { makeAnnouncer } from './announcer';
import type { DangerCheck } from './danger-patterns';
import { loadDangerCheck } from './danger-check';
import type { FrameBridge } from './frame-bridge';
import { makeFrameBridge } from './frame-bridge';
import { makeKeep } from './keep';
import type { Connection, Line } from './line';
import { DirectLine } from './line';
import type { Unsent } from './outbox';
import { Outbox } from './outbox';
import type { PageConfig } from './page-config';
import type { LinkOutcome } from './personal-link';
import { takeLink } from './personal-link';
import type { Mine, Talk } from './talk';
import { addNote, emptyTalk, isNews, putMine, receive, spokenText, TYPING_MS } from './talk';
import { texts } from './texts';
import type { WebActivity } from '../../model/web-edge';

/** How long a message with danger words may be under way before the card is shown anyway, in milliseconds. */
const CARD_AFTER_MS = 4_000;
const SIZES = [100, 115, 130, 150, 200] as const;

/** Which dialog is open over the conversation. */
export type OpenDialog = 'timeline' | 'photo' | 'erase' | null;

/** Everything that is shown. */
export interface View {
  readonly talk: Talk;
  readonly connection: Connection;
  readonly dialog: OpenDialog;
  readonly isMenuOpen: boolean;
  readonly isErased: boolean;
  /** Why erasing was refused, or failed. */
  readonly eraseProblem: string | null;
  readonly timeline: { readonly plan: CareTimeline | null; readonly calendar: string | null } | 'loading' | 'failed';
  readonly textSize: number;
}

/** The chat page: what it holds and what can be done with it. Views are drawn from `view`, never from anywhere else. */
export class Page {
  view: View = {
    talk: emptyTalk,
    connection: 'connecting',
    dialog: null,
    isMenuOpen: false,
    isErased: false,
    eraseProblem: null,
    timeline: 'loading',
    textSize: 100,
  };
  readonly bridge: FrameBridge;
  private line: Line | null = null;
  private readonly keep: ReturnType<typeof makeKeep>;
  private readonly outbox: Outbox;
  private readonly danger: DangerCheck;
  private readonly announcer: ReturnType<typeof makeAnnouncer>;
  private isShown: boolean;
  private unread = 0;
  private notes = 0;

  constructor(
    readonly config: PageConfig,
    private readonly draw: () => void,
  ) {
    this.keep = makeKeep(() => localStorage, `aftercare/${config.clinic.id}/`);
    this.announcer = makeAnnouncer(document.body);
    this.danger = loadDangerCheck(this.keep);
    this.setTextSize(Number(this.keep.get('text-size') ?? 100));
    this.outbox = new Outbox({
      keep: makeKeep(() => sessionStorage, `aftercare/${config.clinic.id}/`),
      deliver: (message) => this.connect().deliver(message),
      onChange: (message) => this.onUnsent(message),
      now: () => Date.now(),
      wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    });
    this.bridge = makeFrameBridge(config.host, (isShown) => this.onShown(isShown));
    this.isShown = !this.bridge.isFramed;
    takeLink(this.keep);
    // a link opened in the tab of a running chat: what that chat shows may be somebody else's
    addEventListener('hashchange', () => takeLink(this.keep) && location.reload());
    if (this.isShown || this.keep.get('session') !== null) this.connect();
    document.addEventListener('visibilitychange', () => this.countRead());
  }

  /** Sends what the patient wrote, or the button they tapped. */
  say(text: string): void {
    const words = text.trim();
    if (words === '') return;
    const clientId = `${Date.now().toString(36)}-${crypto.getRandomValues(new Uint32Array(3)).join('-')}`;
    this.change({ talk: { ...this.view.talk, choices: [] } });
    this.outbox.add({ text: words, clientId });
    setTimeout(() => this.checkSlow(clientId), CARD_AFTER_MS);
  }

  retry(clientId: string): void {
    this.outbox.retry(clientId);
  }

  open(dialog: OpenDialog): void {
    this.change({ dialog, isMenuOpen: false, eraseProblem: null });
    if (dialog === 'timeline') void this.loadTimeline();
  }

  toggleMenu(isMenuOpen = !this.view.isMenuOpen): void {
    this.change({ isMenuOpen });
  }

  /** A step larger or smaller. */
  stepTextSize(step: 1 | -1): void {
    const at = SIZES.findIndex((size) => size >= this.view.textSize);
    this.setTextSize(SIZES[Math.max(0, Math.min(SIZES.length - 1, at + step))] ?? 100);
    this.keep.set('text-size', this.view.textSize);
  }

  async erase(): Promise<void> {
    try {
      const reply = await this.connect().erase();
      if (reply.body.error?.code === 'urgent_open') this.change({ eraseProblem: texts.eraseUrgentOpen });
      else if (!reply.ok && reply.status !== 404 && reply.status !== 403) this.change({ eraseProblem: texts.eraseFailed });
    } catch {
      this.change({ eraseProblem: texts.eraseFailed }); // no network
    }
  }

  /** A new conversation after an erased one. */
  startAnew(): void {
    this.change({ isErased: false, talk: emptyTalk, connection: 'connecting' });
    this.connect().restart();
  }

  private setTextSize(textSize: number): void {
    document.documentElement.style.fontSize = `${textSize}%`;
    this.change({ textSize });
  }

  private async loadTimeline(): Promise<void> {
    this.change({ timeline: 'loading' });
    try {
      const reply = await this.connect().ask<{ timeline: CareTimeline | null; calendar: string | null }>('/chat/timeline');
      this.change({ timeline: reply.ok ? { plan: reply.body.timeline, calendar: reply.body.calendar } : 'failed' });
    } catch {
      this.change({ timeline: 'failed' }); // no network; the dialog says so
    }
  }

  private connect(): Line {
    this.line ??= new DirectLine(this.config.clinic.id, this.keep, {
      onActivities: (activities, isHistory) => this.onActivities(activities, isHistory),
      onConnection: (connection) => this.onConnection(connection),
      onReplaced: () => this.note(texts.replaced),
      onLink: (outcome) => this.onLink(outcome),
      onErased: () => this.onErased(),
    });
    return this.line;
  }

  private change(changed: Partial<View>): void {
    this.view = { ...this.view, ...changed };
    this.draw();
  }

  private note(text: string): void {
    if (this.view.talk.items.length === 0) return;
    this.notes += 1;
    this.change({ talk: addNote(this.view.talk, { id: `note-${this.notes}`, at: new Date().toISOString(), text }) });
  }

  private onActivities(activities: readonly WebActivity[], isHistory: boolean): void {
    let { talk } = this.view;
    for (const activity of activities) {
      talk = receive(talk, activity, Date.now());
      const clientId = activity.channelData?.['clientActivityID'];
      if (activity.from.role === 'user' && typeof clientId === 'string') this.outbox.settle(clientId);
      if (!isHistory && isNews(activity)) this.tellNews(activity);
    }
    this.change({ talk });
    if (talk.typingUntil > 0) setTimeout(() => this.stopTyping(), TYPING_MS);
  }

  private tellNews(activity: WebActivity): void {
    const isEmergency = (activity.channelData?.['aftercare'] as { disposition?: string } | undefined)?.disposition === 'emergency';
    if (isEmergency) this.announcer.alarm(spokenText(activity));
    else this.announcer.say(spokenText(activity));
    if (this.isShown && document.visibilityState === 'visible') return;
    this.unread += 1;
    this.bridge.unread(this.unread);
  }

  private onConnection(connection: Connection): void {
    if (connection !== this.view.connection) this.change({ connection });
    if (connection === 'connected') this.outbox.flush();
  }

  private onUnsent({ clientId, text, at, state, reason }: Unsent): void {
    const known = this.view.talk.items.find((item): item is Mine => item.kind === 'mine' && item.id === clientId);
    if (state === 'sent' && known?.state === 'sent') return;
    const isStuck = state !== 'sent' && state !== 'sending';
    const isDanger = state !== 'sent' && (known?.isDanger === true || (isStuck && this.danger.finds(text)));
    if (isDanger && known?.isDanger !== true) this.announcer.alarm(this.config.words.unsentDanger);
    const mine = { id: clientId, text, at: new Date(at).toISOString(), state, reason, isDanger };
    const typingUntil = state === 'sending' ? Date.now() + TYPING_MS : state === 'sent' ? this.view.talk.typingUntil : 0;
    this.change({ talk: { ...putMine(this.view.talk, mine), typingUntil } });
    if (typingUntil > 0) setTimeout(() => this.stopTyping(), TYPING_MS);
  }

  /** A message that is still under way after seconds may never arrive. */
  private checkSlow(clientId: string): void {
    const item = this.view.talk.items.find((other): other is Mine => other.kind === 'mine' && other.id === clientId);
    if (item?.state !== 'sending' || item.isDanger || !this.danger.finds(item.text)) return;
    this.announcer.alarm(this.config.words.unsentDanger);
    this.change({ talk: putMine(this.view.talk, { ...item, isDanger: true }) });
  }

  private stopTyping(): void {
    if (this.view.talk.typingUntil > 0 && this.view.talk.typingUntil <= Date.now())
      this.change({ talk: { ...this.view.talk, typingUntil: 0 } });
  }

  private onLink(outcome: LinkOutcome): void {
    if (outcome !== 'later') this.note(texts.link[outcome]);
  }

  private onErased(): void {
    this.outbox.clear();
    this.change({ isErased: true, dialog: null, talk: emptyTalk });
  }

  private onShown(isShown: boolean): void {
    this.isShown = isShown;
    if (isShown) {
      this.connect();
      this.draw();
    }
    this.countRead();
  }

  private countRead(): void {
    if (!this.isShown || document.visibilityState !== 'visible' || this.unread === 0) return;
    this.unread = 0;
    this.bridge.unread(0);
  }
}
