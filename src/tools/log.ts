import pino from 'pino';

/** Where things that happened are written; a line never holds patient words, only ids, codes and counts. */
export type Log = Pick<pino.Logger, 'info' | 'warn' | 'error' | 'debug'>;

/** A log that writes JSON lines, to standard error unless told otherwise, so that standard output stays free for answers. */
export function makeLog(level: string, to: pino.DestinationStream = pino.destination({ fd: 2, sync: true })): Log {
  return pino({ level, base: null, serializers: { err: describeError } }, to);
}

/** A log that keeps silent, for tests and the command line. */
export const silentLog: Log = pino({ level: 'silent' });

/** Keeps class, code and stack of an error but drops its message unless the product itself worded it: library messages can quote input. */
function describeError(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { type: typeof error };
  const own = error.name === 'AftercareError';
  const stack = (error.stack ?? '').replace(error.message, ''); // a message of several lines could pass for frames
  const frames = stack.split('\n').filter((line) => /^ {4}at .+:\d+:\d+\)?$/.test(line));
  return {
    type: error.name,
    code: 'code' in error ? error.code : undefined,
    message: own ? error.message : undefined,
    at: frames.slice(0, 4),
  };
}
