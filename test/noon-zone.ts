const HOUR_MS = 3_600_000;

/**
 * A zone without summer time in which it is between 11:30 and 12:30 now: for tests of what is today and what is tomorrow,
 * which are to pass at every hour. There is one for each: they go from 12 hours behind UTC to 14 ahead.
 */
export function noonZone(now = Date.now()): string {
  const ahead = 12 - (Math.round(now / HOUR_MS) % 24);
  // The names have the sign that POSIX gave them: Etc/GMT-2 is ahead of UTC.
  return ahead === 0 ? 'Etc/GMT' : `Etc/GMT${ahead > 0 ? '-' : '+'}${Math.abs(ahead)}`;
}
