import { ActionIcon, Badge, Group, Text, Tooltip } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { Link } from '@tanstack/react-router';
import Check from 'lucide-react/icons/check';
import Repeat from 'lucide-react/icons/repeat';
import { RuleWords } from '#web/features/schedules/rule-words.tsx';
import { finish } from '../actions.tsx';
import { isNagging, nameOf, repeatOf, type Reminder } from '../reminder.ts';
import { SnoozeMenu } from '../snooze/snooze-menu.tsx';
import { MoreMenu } from './more-menu.tsx';
import { NagBadge } from './nag-badge.tsx';
import { RowTime } from './row-time.tsx';
import { useNextFocus } from './use-next-focus.ts';
import classes from './reminder-row.module.css';

interface ReminderRowProps {
  reminder: Reminder;
  /** Where the list is grouped by day, the clock is enough. */
  withDay: boolean;
}

/** A reminder in a list, with all that can be done with it. */
export function ReminderRow({ reminder, withDay }: ReminderRowProps) {
  const { t } = useLingui();
  const [row, focusNext] = useNextFocus();
  const name = nameOf(reminder);
  const isPaused = reminder.status === 'paused';
  const repeat = repeatOf(reminder);
  const asksAgain = isNagging(reminder);
  return (
    <li ref={row} className={classes['row']} data-reminder-row>
      <Tooltip label={t`Done`}>
        <ActionIcon
          variant={asksAgain ? 'filled' : 'default'}
          radius="xl"
          size={28}
          aria-label={t`Done: ${name}`}
          className={asksAgain ? '' : (classes['done'] ?? '')}
          onClick={() => {
            if (reminder.type === 'one_time') focusNext();
            void finish(reminder);
          }}
        >
          <Check size={16} aria-hidden />
        </ActionIcon>
      </Tooltip>
      <div className={classes['words']}>
        <Link
          to="/reminders/$reminderId"
          params={{ reminderId: reminder.id }}
          className={classes['link'] ?? ''}
        >
          {name}
        </Link>
        <div className={classes['facts']}>
          <RowTime reminder={reminder} withDay={withDay} />
          {repeat && (
            <Text size="sm" c="dimmed" className={classes['rule'] ?? ''}>
              <Repeat size={14} aria-hidden />{' '}
              <RuleWords time={repeat} timezone={reminder.timezone} since={reminder.created_at} />
            </Text>
          )}
          <NagBadge reminder={reminder} />
          {isPaused && (
            <Badge size="sm" variant="default" tt="none">
              <Trans>Paused</Trans>
            </Badge>
          )}
          {reminder.snoozed_from !== null && (
            <Badge size="sm" variant="default" tt="none">
              <Trans>Snoozed</Trans>
            </Badge>
          )}
        </div>
      </div>
      <Group gap={0} wrap="nowrap">
        {!isPaused && <SnoozeMenu reminder={reminder} />}
        <MoreMenu reminder={reminder} onLeave={focusNext} />
      </Group>
    </li>
  );
}
