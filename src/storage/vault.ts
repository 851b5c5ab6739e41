import { newDataKey, seal, unseal } from './seal';

/** The data keys of conversations and of charts; the id of either names its key. */
export class Vault {
  constructor(private readonly masterKey: Buffer) {}

  /** A fresh data key, and how it is stored. */
  newKey(conversationId: string): { readonly key: Buffer; readonly newKey: Buffer } {
    const key = newDataKey();
    return { key, newKey: seal(this.masterKey, keyPlace(conversationId), key) };
  }

  /** Opens the data key of a conversation. */
  openKey(conversationId: string, sealed: Uint8Array): Buffer {
    return unseal(this.masterKey, keyPlace(conversationId), sealed);
  }
}

/** Seals a value as JSON for one place, such as "messages|body|c1/3". */
export function sealJson(key: Buffer, place: string, value: unknown): Buffer {
  return seal(key, place, Buffer.from(JSON.stringify(value)));
}

/** Opens what `sealJson` sealed. */
export function openJson(key: Buffer, place: string, sealed: Uint8Array): unknown {
  return JSON.parse(unseal(key, place, sealed).toString('utf8'));
}

/** Where the state of a conversation is sealed for. */
export function statePlace(conversationId: string): string {
  return `conversations|state|${conversationId}`;
}

function keyPlace(conversationId: string): string {
  return `conversations|key|${conversationId}`;
}
