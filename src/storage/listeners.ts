/** Those who want to hear of a commit that added to a conversation. */
export class Listeners {
  private readonly listeners = new Set<(conversationId: string) => void>();

  /** Returns the way to stop listening. */
  add(listener: (conversationId: string) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  tell(conversationId: string): void {
    for (const listener of this.listeners) listener(conversationId);
  }
}
