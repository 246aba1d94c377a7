import { Button, Group } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import AlarmClock from 'lucide-react/icons/alarm-clock';
import Check from 'lucide-react/icons/check';
import Cog from 'lucide-react/icons/cog';
import Repeat from 'lucide-react/icons/repeat';
import type { ReactNode } from 'react';
import { finish } from '#web/features/reminders/actions.tsx';
import { isNagging, nameOf, repeatOf, type Reminder } from '#web/features/reminders/reminder.ts';
import { MoreMenu } from '#web/features/reminders/rows/more-menu.tsx';
import { NagBadge } from '#web/features/reminders/rows/nag-badge.tsx';
import { SnoozeMenu } from '#web/features/reminders/snooze/snooze-menu.tsx';
import { RuleWords } from '#web/features/schedules/rule-words.tsx';
import type { Upcoming } from '#web/features/schedules/upcoming.ts';
import { useNow } from '#web/lib/now.ts';
import { clockTime } from '#web/ui/time/format-time.ts';
import { RelativeTime } from '#web/ui/time/relative-time.tsx';
import { useTimeSettings } from '#web/ui/time/time-zone.tsx';
import { Line } from './line.tsx';

/** What is further away is told by its day. */
const DAY_MS = 86_400_000;

interface ComingLineProps {
  item: Upcoming;
  reminder: Reminder | undefined;
  children?: ReactNode;
}

/** A time to come; with all that can be done where it is its reminder's next. */
export function ComingLine({ item, reminder, children }: ComingLineProps) {
  const isNext = reminder?.next_fire_at === item.next_fire_at;
  return (
    <Line
      at={item.next_fire_at}
      reminderId={item.reminder_id}
      name={item.title ?? item.text}
      facts={<Facts item={item} reminder={reminder} isNext={isNext} />}
      actions={reminder && isNext && <Actions reminder={reminder} />}
    >
      {reminder && isNext && isNagging(reminder) && <Done reminder={reminder} />}
      {children}
    </Line>
  );
}

function Facts({
  item,
  reminder,
  isNext,
}: {
  item: Upcoming;
  reminder: Reminder | undefined;
  isNext: boolean;
}) {
  const settings = useTimeSettings();
  const now = useNow(60_000);
  const repeat = reminder && repeatOf(reminder);
  const zone = item.timezone.replaceAll('_', ' ');
  const there = clockTime(item.next_fire_at, { ...settings, timezone: item.timezone });
  return (
    <>
      {Date.parse(item.next_fire_at) - now < DAY_MS && <RelativeTime instant={item.next_fire_at} />}
      <span>
        {repeat && reminder ? (
          <>
            <Repeat size={14} aria-hidden />{' '}
            <RuleWords time={repeat} timezone={item.timezone} since={reminder.created_at} />
          </>
        ) : (
          <Kind kind={item.kind} />
        )}
      </span>
      {!repeat && item.timezone !== settings.timezone && (
        <span>
          <Trans>
            {there} in {zone}
          </Trans>
        </span>
      )}
      {reminder && isNext && <NagBadge reminder={reminder} />}
    </>
  );
}

function Kind({ kind }: { kind: Upcoming['kind'] }) {
  const { t } = useLingui();
  const names = { reminder: t`Reminder`, task: t`Task`, system: t`Of Famulus itself` };
  const Icon = kind === 'reminder' ? AlarmClock : Cog;
  return (
    <>
      <Icon size={14} aria-hidden /> {names[kind]}
    </>
  );
}

/** The line may go: the page itself keeps the focus near. */
function leave(): void {
  requestAnimationFrame(() => document.querySelector('main')?.focus());
}

function Actions({ reminder }: { reminder: Reminder }) {
  return (
    <Group gap={0} wrap="nowrap" mt={-4}>
      <SnoozeMenu reminder={reminder} />
      <MoreMenu reminder={reminder} onLeave={leave} />
    </Group>
  );
}

/** What one that asks again waits for. */
function Done({ reminder }: { reminder: Reminder }) {
  const { t } = useLingui();
  const name = nameOf(reminder);
  return (
    <Button
      size="compact-sm"
      mt={4}
      leftSection={<Check size={14} aria-hidden />}
      aria-label={t`Done: ${name}`}
      onClick={() => {
        leave();
        void finish(reminder);
      }}
    >
      <Trans>Done</Trans>
    </Button>
  );
}
