/** The earliest of some moments, null for none. */
export function earliest(...moments: readonly (number | null)[]): number | null {
  const real = moments.filter((moment) => moment !== null);
  return real.length > 0 ? Math.min(...real) : null;
}
