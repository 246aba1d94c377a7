/** How often chance is tried in every run of the suite, and with `LONG_FAULTS=1`, which takes as long as it takes. */
export function repeated(usually: number, long: number): number {
  return process.env['LONG_FAULTS'] === '1' ? long : usually;
}
