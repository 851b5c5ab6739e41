/** Times are epoch milliseconds, booleans 0 or 1, *_sealed columns encrypted: types that SQLite and PostgreSQL share. */
export interface Tables {
  conversations: ConversationRow;
  messages: MessageRow;
  escalations: EscalationRow;
  escalation_events: { escalation_id: string; seq: number; kind: string; actor: string; at: number; detail: string };
  pages: PageRow;
  outbox: OutboxRow;
  /** Running numbers of a clinic, such as references of escalations. */
  counters: { clinic_id: string; name: string; value: number };
  clinics: { id: string; yaml: string; version: number; imported_at: number };
  staff_notes: {
    id: string;
    conversation_id: string;
    escalation_id: string | null;
    author: string;
    text_sealed: Uint8Array;
    created_at: number;
  };
  /** Messages on which the two danger detectors differ; no patient words. */
  detector_reviews: {
    conversation_id: string;
    seq: number;
    clinic_id: string;
    rules: string;
    statistics: string;
    answered: string;
    flags: string;
    at: number;
  };
  not_understood: { conversation_id: string; seq: number; at: number; kind: string; confidence: number; guesses: string };
  /** Where Teams can be reached, by our own key. */
  teams_places: { key: string; place_sealed: Uint8Array; updated_at: number };
  teams_cards: { escalation_id: string; activity_id: string; place_sealed: Uint8Array; shows: string; updated_at: number };
  /** Messages of conversations in Teams that are being pushed until then, or were. */
  teams_pushes: { conversation_id: string; seq: number; is_done: number; until: number };
  patients: PatientRow;
  charts: ChartRow;
  /** Who belongs to a chart, by the id that a channel gives to whoever writes. */
  chart_addresses: { clinic_id: string; patient_id: string; chart_id: string; created_at: number };
  /** One-time links to the web chat; the links themselves are stored nowhere. */
  chart_links: {
    token_hash: string;
    chart_id: string;
    created_at: number;
    created_by: string;
    expires_at: number;
    used_at: number | null;
    used_by: string | null;
    claim_hash: string | null;
  };
  /** Texts of patients: every id for good, their words until the turn is stored. */
  sms_inbox: {
    message_id: string;
    conversation_id: string;
    /** Order of arrival within the conversation. */
    seq: number;
    body_sealed: Uint8Array;
    at: number;
    turn_id: string | null;
    waits: number;
  };
  /** What became of our texts to patients; no words. */
  sms_texts: {
    conversation_id: string;
    seq: number;
    part: number;
    state: string;
    provider_id: string | null;
    code: string | null;
    leased_until: number | null;
    at: number;
  };
  schema_migrations: { version: number; at: number };
}

export interface ConversationRow {
  id: string;
  clinic_id: string;
  channel: string;
  patient_id: string;
  key_sealed: Uint8Array;
  state_sealed: Uint8Array;
  version: number;
  last_seq: number;
  created_at: number;
  updated_at: number;
  taken_over_by: string | null;
  taken_over_at: number | null;
  /** Null while the patient is known by this conversation alone. */
  chart_id: string | null;
}

export interface MessageRow {
  conversation_id: string;
  seq: number;
  direction: 'in' | 'out';
  channel_msg_id: string;
  body_sealed: Uint8Array;
  disposition: string;
  knowledge_version: string;
  created_at: number;
}

export interface EscalationRow {
  id: string;
  ref: number;
  clinic_id: string;
  /** No reference to conversations: a drill has none. */
  conversation_id: string;
  channel: string;
  tier: string;
  flags: string;
  status: string;
  reason: string;
  raised_at: number;
  /** JSON. */
  course: string;
  acknowledged: string | null;
  resolved: string | null;
  is_drill: number;
  next_at: number | null;
  /** When the loop may claim it: `next_at`, or the end of a lease; null when nothing is left to look at. */
  claimable_at: number | null;
  version: number;
}

export interface PageRow {
  id: string;
  escalation_id: string;
  /** Place among the escalation's pages. */
  seq: number;
  person_id: string;
  method: string;
  address: string;
  step: number;
  round: number;
  is_first: number;
  status: string;
  queued_at: number;
  due_at: number;
  sent_at: number | null;
  delivered_at: number | null;
  attempts: number;
  failure: string | null;
  provider_id: string | null;
}

export interface OutboxRow {
  id: string;
  dedupe_key: string;
  clinic_id: string;
  kind: string;
  priority: number;
  due_at: number;
  state: 'waiting' | 'leased' | 'done' | 'dead';
  /** When it may be claimed: `due_at`, or the end of a lease; null when it is done or dead. */
  claimable_at: number | null;
  claimed_at: number | null;
  claim_epoch: number;
  attempts: number;
  failure: string | null;
  /** JSON: ids, addresses of staff, never words of a patient. */
  payload: string;
  settled_at: number | null;
}

/** One patient at one clinic, over all channels. */
export interface ChartRow {
  id: string;
  clinic_id: string;
  key_sealed: Uint8Array;
  facts_sealed: Uint8Array;
  memory_sealed: Uint8Array;
  version: number;
  created_at: number;
  created_by: string;
  updated_at: number;
}

/** Somebody who texts a clinic. */
export interface PatientRow {
  id: string;
  clinic_id: string;
  /** Keyed hash of clinic and number: finds them, gives nothing away. */
  number_index: string;
  /** Empty once the conversation was erased. */
  number_sealed: Uint8Array;
  conversation_id: string;
  opted_out_at: number | null;
  opted_out_by: string | null;
  opted_out_text: string | null;
  consent_at: number | null;
  consent_wording: string | null;
  consent_channel: string | null;
  /** The member of staff who recorded it; null where the patient's own text did. */
  consent_by: string | null;
  zone: string | null;
  created_at: number;
}
