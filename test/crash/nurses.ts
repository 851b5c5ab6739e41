import { setTimeout as sleep } from 'node:timers/promises';
import type { PhoneCompany, Taken } from '../phone-company';

const RETRY_MS = 200;

/** Staff who acknowledge by text what they were paged for; most of them, a moment later. */
export class Nurses {
  /** References whose acknowledgement the server took. */
  readonly acknowledged = new Set<number>();
  private readonly answering = new Map<number, Promise<void>>();
  private isStopped = false;

  constructor(private readonly company: () => PhoneCompany) {}

  /** Hears of a text that the phone company has taken. */
  hear({ kind, body, to, from }: Taken): void {
    if (kind !== 'message') return;
    for (const [, ref = ''] of body.matchAll(/\bRef (\d+)/g)) {
      const number = Number(ref);
      if (this.answering.has(number)) continue;
      // every fourth waits for the next step of the ladder
      const delayMs = number % 4 === 0 ? 12_000 : 100 + Math.random() * 900;
      this.answering.set(number, this.acknowledge(number, { nurse: to, clinic: from, delayMs }));
    }
  }

  async stop(): Promise<void> {
    this.isStopped = true;
    await Promise.all(this.answering.values());
  }

  private async acknowledge(
    ref: number,
    { nurse, clinic, delayMs }: { readonly nurse: string; readonly clinic: string; readonly delayMs: number },
  ): Promise<void> {
    await sleep(delayMs);
    const sid = `SM${String(ref).padStart(32, '0')}`;
    while (!this.isStopped) {
      const [delivery] = await this.company().textFrom(nurse, `${ref}a`, { to: clinic, sid });
      if (delivery?.status === 200) {
        this.acknowledged.add(ref);
        return;
      }
      await sleep(RETRY_MS);
    }
  }
}
