/** Beyond that nobody plans. */
const END = '3000';

/** The day that is asked for, `2026-11-30`; today where that is no day, has passed, or is too far away. */
export function askedDay(asked: string | undefined, today: string): string {
  if (asked === undefined || asked <= today || asked >= END) return today;
  const date = new Date(`${asked}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(`${asked}T`) ? asked : today;
}
