import { plural } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import { clockTime, duration } from '#web/ui/time/format-time.ts';
import { useTimeSettings } from '#web/ui/time/time-zone.tsx';
import type { Occurrence } from '../use-reminder-lists.ts';
import { lateness } from './lateness.ts';

export type OccurrenceRun = Pick<
  Occurrence,
  'due_at' | 'until' | 'count' | 'trigger' | 'fired_at' | 'late_ms'
>;

/** What is to be said of an occurrence beside when it was due: how many they were, why it came, how late. */
export function useOccurrenceWords({ count, trigger, fired_at, late_ms }: OccurrenceRun): string[] {
  const { t } = useLingui();
  const settings = useTimeSettings();
  const words: string[] = [];
  if (count > 1) words.push(plural(count, { one: '# time', other: '# times' }));
  const why = { schedule: undefined, nag: t`asked again`, manual: t`said by hand`, backfill: t`made up for` };
  const reason = why[trigger];
  if (reason !== undefined) words.push(reason);
  // What the user asked for was not late.
  if (fired_at !== null && trigger !== 'manual' && trigger !== 'backfill') {
    const fired = clockTime(fired_at, settings);
    const howLate = duration(late_ms ?? 0, settings.locale);
    words.push(lateness(late_ms ?? 0) === 'on_time' ? t`came on time` : t`came ${fired}, ${howLate} late`);
  }
  return words;
}
