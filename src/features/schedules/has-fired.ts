import type { ScheduleRecord } from './queries.ts';

/** Whether the one instant of a rule has come; it may have had another before. */
export function hasFired({
  type,
  trigger_at,
  last_fired_at,
}: Pick<ScheduleRecord, 'type' | 'trigger_at' | 'last_fired_at'>): boolean {
  return type === 'one_time' && last_fired_at !== null && trigger_at !== null && last_fired_at >= trigger_at;
}
