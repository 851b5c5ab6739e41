import type { Courier } from './courier';
import type { Life } from './life';
import type { Taken } from './rest';
import type { Script } from './twiml';
import { readTwiml } from './twiml';

/** People at the other end of calls. */
export interface Calls {
  /** Somebody takes the call; resolves to what it says. */
  answer(call: Taken): Promise<string>;
  /** Presses keys in a call that was answered; resolves to what is said then. */
  press(call: Taken, digits: string): Promise<string>;
  /** Says and presses nothing; resolves to what is said then. */
  wait(call: Taken): Promise<string>;
}

/** Makes them; a call does what our TwiML says. */
export function makeCalls(parts: {
  readonly accountSid: string;
  readonly courier: Courier;
  readonly life: Life;
  readonly publicUrl: string;
}): Calls {
  const scripts = new Map<string, Script>();

  /** Asks our doors what the call says next. */
  async function play(call: Taken, url: string, digits: string | null): Promise<string> {
    const fields = {
      ...{ AccountSid: parts.accountSid, ApiVersion: '2010-04-01', CallSid: call.sid, From: call.from, To: call.to },
      ...{ CallStatus: 'in-progress', Direction: 'outbound-api' },
    };
    const { status, text } = await parts.courier.deliver(url, digits === null ? fields : { ...fields, Digits: digits });
    if (status !== 200) throw new Error(`Play call: expected TwiML, got status ${status}.`);
    return follow(call, text, url);
  }

  /** Keeps where keys and silence lead; addresses in TwiML may be relative to the document they stand in. */
  function follow(call: Taken, xml: string, base: string): string {
    const script = readTwiml(xml);
    const absolute = (address: string | null): string | null => (address === null ? null : new URL(address, base).href);
    scripts.set(call.sid, { ...script, action: absolute(script.action), redirect: absolute(script.redirect) });
    if (script.action === null && script.redirect === null) parts.life.hangUp(call);
    return script.said;
  }

  return {
    async answer(call) {
      call.status = 'in-progress';
      parts.life.report(call, 'in-progress');
      return call.url === null ? follow(call, call.twiml ?? '', parts.publicUrl) : play(call, call.url, null);
    },
    async press(call, digits) {
      const action = scripts.get(call.sid)?.action;
      if (!action || call.status === 'completed') throw new Error('Press keys: expected a call that waits for keys.');
      return play(call, action, digits);
    },
    async wait(call) {
      const script = scripts.get(call.sid);
      if (!script || call.status === 'completed') throw new Error('Wait in a call: expected one that goes on.');
      if (script.redirect !== null) return play(call, script.redirect, null);
      parts.life.hangUp(call);
      return script.saidToSilence;
    },
  };
}
