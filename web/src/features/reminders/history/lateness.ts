/** Nobody waits for a reminder by the second. */
const ON_TIME_MS = 10_000;

export function lateness(late_ms: number): 'on_time' | 'late' {
  return late_ms < ON_TIME_MS ? 'on_time' : 'late';
}
