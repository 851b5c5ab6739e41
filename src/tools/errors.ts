/** Every error that the product raises on purpose: its code, the HTTP status where one fits, and what to do about it. */
export const ERROR_CODES = {
  CONFIG_INVALID: { status: 500, help: 'A setting is missing or wrong; the message names it and what is expected.' },
  KNOWLEDGE_INVALID: { status: 500, help: 'A file in knowledge/ is wrong; the message names file and field.' },
  KNOWLEDGE_UNSIGNED: { status: 500, help: 'Live mode serves signed entries only; fill reviewedBy and reviewedOn.' },
  CLINIC_INVALID: { status: 500, help: 'A clinic file is wrong; the message names file and field.' },
  MODEL_UNREADABLE: { status: 500, help: 'The cached model is foreign or cut short; delete it and it is trained anew.' },
  STORAGE_UNAVAILABLE: { status: 503, help: 'The data directory or database cannot be read or written.' },
  WIDGET_UNBUILT: { status: 500, help: 'The built files of the chat widget are missing; run npm run build:widget.' },
  PORT_TAKEN: { status: 500, help: 'Another program listens on the port; stop it or set PORT.' },
  USAGE: { status: 400, help: 'The command line is wrong; the message says what is expected.' },
  NOT_FOUND: { status: 404, help: 'Nothing is known under this address.' },
  INTERNAL: { status: 500, help: 'Something failed on our side; the log has the details, without patient words.' },
  TURN_CONFLICT: { status: 409, help: 'Two writers changed one conversation at once; the turn is tried again by itself.' },
} as const;

/** A key of the error table. */
export type ErrorCode = keyof typeof ERROR_CODES;

/** An error whose text says action, value and expectation, and never holds patient words. */
export class AftercareError extends Error {
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'AftercareError';
    this.code = code;
  }

  /** The HTTP status that fits the code. */
  get status(): number {
    return ERROR_CODES[this.code].status;
  }
}

/** The text of anything that was thrown, for messages about files and settings (never for patient input). */
export function reasonOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
