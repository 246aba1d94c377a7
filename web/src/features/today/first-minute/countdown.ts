import type { FirstReminder } from './kept.ts';

/** Whole seconds until it is due, by the server's clock; 0 once it is. */
export function secondsLeft({ due_at, ahead_ms }: FirstReminder, now: number): number {
  return Math.max(0, Math.ceil((Date.parse(due_at) - (now + ahead_ms)) / 1_000));
}

/** `0:42` */
export function minutesAndSeconds(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
