/** The instant of a local time as the API has it: `2026-12-01T09:00:00+01:00[Europe/Berlin]`. */
export function instantOfLocal(local: string): string {
  return new Date(local.replace(/\[.*$/, '')).toISOString();
}
