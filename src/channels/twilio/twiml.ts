import { escapeXml } from '../../tools/escape-xml';

/** Keys that a call waits for, while something is said. */
export interface Ask {
  readonly say: string;
  /** Where the pressed keys are posted. */
  readonly action: string;
  /** One key at once; a PIN is closed with the pound key. */
  readonly keys: 'one' | 'until_pound';
}

const WAIT_SECONDS = 8;

/** TwiML that says something and then hangs up. */
export function sayTwiml(text: string): string {
  return `<Response>${say(text)}</Response>`;
}

/** TwiML that asks for keys; when none comes the call goes on at `otherwise`, or hangs up. */
export function askTwiml(ask: Ask, otherwise: string | null): string {
  const until = ask.keys === 'one' ? 'numDigits="1"' : 'finishOnKey="#"';
  const gather = `<Gather input="dtmf" ${until} timeout="${WAIT_SECONDS}" method="POST" action="${escapeXml(ask.action)}">${say(ask.say)}</Gather>`;
  const next = otherwise === null ? say('No key was pressed. Goodbye.') : `<Redirect method="POST">${escapeXml(otherwise)}</Redirect>`;
  return `<Response>${gather}${next}</Response>`;
}

function say(text: string): string {
  return `<Say language="en-US">${escapeXml(text)}</Say>`;
}
