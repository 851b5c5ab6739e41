const ENTITIES: Readonly<Record<string, string>> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'" };
const decode = (text: string): string => text.replace(/&(?:amp|lt|gt|quot|#39);/g, (entity) => ENTITIES[entity] ?? entity);

/** What a call does with an answer of ours: what is said, and where keys or silence lead. */
export interface Script {
  /** Until it waits for keys. */
  readonly said: string;
  /** When no key was pressed and it does not go on elsewhere. */
  readonly saidToSilence: string;
  /** Where pressed keys are posted; null where none are asked for. */
  readonly action: string | null;
  /** Where the call goes on when no key is pressed. */
  readonly redirect: string | null;
}

/** Reads the TwiML of a call. Throws on anything that Twilio would hang up on. */
export function readTwiml(xml: string): Script {
  if (!/^(?:<\?xml[^>]*\?>\s*)?<Response>[\s\S]*<\/Response>$/.test(xml) && !xml.endsWith('<Response/>'))
    throw new Error(`Read TwiML: expected one Response, got ${xml.slice(0, 80)}`);
  if (/&(?!amp;|lt;|gt;|quot;|#39;)/.test(xml)) throw new Error('Read TwiML: expected every & to begin an entity.');
  const find = (text: string, pattern: RegExp): string[] => [...text.matchAll(pattern)].map(([, found]) => decode(found ?? ''));
  const spoken = (text: string): string => find(text, /<Say[^>]*>([^<]*)<\/Say>/g).join(' ');
  const [untilKeys = '', afterwards = ''] = xml.split('</Gather>');
  return {
    said: spoken(untilKeys),
    saidToSilence: spoken(afterwards),
    action: find(xml, /<Gather[^>]*\baction="([^"]*)"/g)[0] ?? null,
    redirect: find(xml, /<Redirect[^>]*>([^<]*)<\/Redirect>/g)[0] ?? null,
  };
}
