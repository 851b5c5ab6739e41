/** One message on its way. */
export interface Outgoing {
  readonly text: string;
  /** Stays the same however often it is sent, so that a repeat is no second message. */
  readonly clientId: string;
}

/** How sending ended: `lost` may be tried again, `refused` never will be taken. */
export type Delivery =
  { readonly kind: 'sent' } | { readonly kind: 'lost'; readonly waitMs: number } | { readonly kind: 'refused'; readonly reason: string };
