/** What a commit changed, for those who wait for it in this and in other processes. */
export interface Hint {
  /** Conversations that got a message. */
  readonly conversationIds: readonly string[];
  /** Something may be due: an escalation or what has to leave the house. */
  readonly wakes: boolean;
}

/** Those who want to hear of commits at once. Hints may get lost with a process: whoever acts on them also looks now and then. */
export class Listeners {
  private readonly onCommit = new Set<(conversationId: string) => void>();
  private readonly onWake = new Set<() => void>();
  private passOn: (hint: Hint) => void = () => undefined;

  /** Returns the way to stop listening. */
  addCommit(listener: (conversationId: string) => void): () => void {
    this.onCommit.add(listener);
    return () => this.onCommit.delete(listener);
  }

  /** Returns the way to stop listening. */
  addWake(listener: () => void): () => void {
    this.onWake.add(listener);
    return () => this.onWake.delete(listener);
  }

  /** Tells other processes too. */
  connect(passOn: (hint: Hint) => void): void {
    this.passOn = passOn;
  }

  /** A commit of this process. */
  tell(hint: Hint): void {
    this.hear(hint);
    this.passOn(hint);
  }

  /** A commit of another process. */
  hear({ conversationIds, wakes }: Hint): void {
    for (const id of conversationIds) for (const listener of this.onCommit) listener(id);
    if (wakes) for (const listener of this.onWake) listener();
  }
}
