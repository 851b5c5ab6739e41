/** The one source of the current time, in epoch milliseconds. */
export type Clock = () => number;

/** The machine's own time. */
export const systemClock: Clock = () => Date.now();
