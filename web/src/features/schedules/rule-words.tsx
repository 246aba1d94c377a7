import { useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { localClock } from '#web/ui/time/local-clock.ts';
import { useTimeSettings } from '#web/ui/time/time-zone.tsx';
import { ruleOfCron, type RepeatRule, type RepeatTime } from './repeat-rule.ts';
import { schedulePreview } from './schedule-preview.ts';
import { weekdayName, weekOf } from './weekday-names.ts';

interface RuleWordsProps {
  time: RepeatTime;
  timezone: string;
  /** When it was set: a rule that names no beginning begins then. */
  since: string;
}

/** A recurring rule in words: "Every weekday at 09:00". */
export function RuleWords({ time, timezone, since }: RuleWordsProps) {
  const rule = 'rrule' in time ? undefined : ruleOfCron(time.cron_expression);
  const settings = useTimeSettings();
  const zone = timezone === settings.timezone ? '' : ` (${timezone.replaceAll('_', ' ')})`;
  return (
    <>
      {!rule || rule.preset === 'custom' ? (
        <ServerWords time={time} timezone={timezone} since={since} />
      ) : (
        <PresetRule rule={rule} />
      )}
      {zone}
    </>
  );
}

function PresetRule({ rule }: { rule: RepeatRule }) {
  const { t } = useLingui();
  const settings = useTimeSettings();
  const time = localClock(rule.time, settings);
  switch (rule.preset) {
    case 'daily':
      return t`Every day at ${time}`;
    case 'weekdays':
      return t`Every weekday at ${time}`;
    case 'weekly': {
      const names = weekOf(settings.locale)
        .filter((day) => rule.weekdays.includes(day))
        .map((day) => weekdayName(day, settings.locale, rule.weekdays.length > 2 ? 'short' : 'long'));
      const days = new Intl.ListFormat(settings.locale, { type: 'conjunction' }).format(names);
      return t`${days} at ${time}`;
    }
    case 'monthly': {
      const day = rule.monthDay;
      return day === 'L'
        ? t`The last day of every month at ${time}`
        : t`Day ${day} of every month at ${time}`;
    }
    case 'custom':
    case 'rrule':
      return null;
  }
}

/** Only the server has words for all of them. */
function ServerWords({ time, timezone, since }: RuleWordsProps) {
  const { t } = useLingui();
  const { data, isPending } = useQuery({
    ...schedulePreview(time, timezone, 'rrule' in time ? since : undefined),
    staleTime: Infinity,
  });
  if (isPending) return '…';
  const words = data?.description ?? ('rrule' in time ? t`By a rule of its own` : time.cron_expression);
  return words.charAt(0).toUpperCase() + words.slice(1);
}
