import { setTimeout as sleep } from 'node:timers/promises';

/** A message that the server answered 200 for. */
export interface Acknowledged {
  readonly conversationId: string;
  /** The id the server gave it. */
  readonly messageId: string;
  readonly text: string;
}

const TALK = [
  'can i wear makeup',
  'there is yellow pus coming out and it smells',
  'is peeling normal',
  'my lips are swelling up and my throat feels tight',
  'thanks',
];
const RETRY_MS = 50;

/** Patients who write without a pause, and send what was not acknowledged again, as the web chat does. */
export class Patients {
  readonly acknowledged: Acknowledged[] = [];
  private isStopped = false;
  private isAbandoned = false;
  private readonly running: Promise<void>[] = [];

  constructor(
    /** A server that may be up; asked again at every try. */
    private readonly serverUrl: () => string,
    private readonly directLineSecret: string,
  ) {}

  start(count: number): void {
    for (let patient = 0; patient < count; patient++) this.running.push(this.write(patient));
  }

  /** Lets everyone finish the message they are at. */
  async stop(): Promise<void> {
    this.isStopped = true;
    await Promise.all(this.running);
  }

  /** Gives up, also on the messages that were not acknowledged: the run has failed. */
  abandon(): void {
    this.isStopped = true;
    this.isAbandoned = true;
  }

  private async write(patient: number): Promise<void> {
    for (let visit = patient; !this.isStopped; visit++) {
      const conversation = await this.open();
      for (const [index, text] of TALK.entries()) {
        if (this.isStopped || !conversation) return;
        await this.say(conversation, { text, clientActivityID: `${patient}-${visit}-${index}` });
      }
    }
  }

  private async open(): Promise<{ readonly conversationId: string; readonly token: string } | null> {
    while (!this.isStopped) {
      const made = await this.post('tokens/generate', this.directLineSecret, {});
      const opened = made && (await this.post('conversations', String(made['token']), {}));
      if (opened) return { conversationId: String(opened['conversationId']), token: String(opened['token']) };
      await sleep(RETRY_MS);
    }
    return null;
  }

  private async say(
    { conversationId, token }: { readonly conversationId: string; readonly token: string },
    { text, clientActivityID }: { readonly text: string; readonly clientActivityID: string },
  ): Promise<void> {
    const activity = { type: 'message', text, from: { id: 'patient' }, channelData: { clientActivityID } };
    while (!this.isAbandoned) {
      const taken = await this.post(`conversations/${conversationId}/activities`, token, activity);
      if (taken) {
        this.acknowledged.push({ conversationId, messageId: String(taken['id']), text });
        return;
      }
      await sleep(RETRY_MS);
    }
  }

  /** Null when nobody answered, or with anything but success. */
  private async post(path: string, bearer: string, body: unknown): Promise<Record<string, unknown> | null> {
    try {
      const response = await fetch(`${this.serverUrl()}/v3/directline/${path}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${bearer}`, 'content-type': 'application/json' },
        body: JSON.stringify(body),
        signal: AbortSignal.timeout(10_000),
      });
      const answer = (await response.json()) as Record<string, unknown>;
      return response.ok ? answer : null;
    } catch {
      return null; // killed in between: what was not acknowledged is sent again
    }
  }
}
