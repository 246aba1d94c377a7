import { Button, Center, Stack, VisuallyHidden } from '@mantine/core';
import { Plural, Trans } from '@lingui/react/macro';
import { useState } from 'react';
import { daysAfter } from '#web/features/schedules/wall-clock.ts';
import { Failure } from '#web/ui/failure.tsx';
import { ListSkeleton } from '#web/ui/list-skeleton.tsx';
import { DaySection } from './day-section.tsx';
import { furtherEnd, stretchesOf } from './days.ts';
import { hasWords } from './matching.ts';
import { NothingComing } from './nothing-coming.tsx';
import { NothingUntil } from './nothing-until.tsx';
import { useRemindersById } from './reminders-by-id.ts';
import { useComing, type Coming } from './use-coming.ts';

/** A look ahead, and so much more each time it goes further. */
const DAYS = 7;

interface TimelineProps {
  first: string;
  isToday: boolean;
  words: string;
}

const dayOfComing = ({ day }: Coming) => day;

/** What comes from a day on. */
export function Timeline({ first, isToday, words }: TimelineProps) {
  const [end, setEnd] = useState(() => daysAfter(first, DAYS));
  const { coming, error, retry, goesOn, isLoading, loadMore } = useComing({ first, isToday, end });
  const reminders = useRemindersById();
  if (!coming) return error ? <Failure error={error} retry={retry} /> : <ListSkeleton rows={6} height={56} />;

  const found = coming.filter(({ item }) => {
    const reminder = item.reminder_id === null ? undefined : reminders.get(item.reminder_id);
    // Paused or deleted a moment ago.
    if (reminder && reminder.status !== 'active') return false;
    return hasWords(`${item.title ?? ''} ${item.text ?? ''}`, words);
  });
  const stretches = stretchesOf(found, { dayOf: dayOfComing, first, end, goesOn });
  const next = found.find(({ day }) => day >= end)?.day;
  const isEmpty = coming.length === 0;
  const shown = found.filter(({ day }) => day < end).length;
  return (
    <Stack gap="lg">
      {words !== '' && (
        <VisuallyHidden role="status">
          <Plural value={shown} one="# time found" other="# times found" />
        </VisuallyHidden>
      )}
      {stretches.map((stretch) =>
        stretch.kind === 'nothing'
          ? !isEmpty && <NothingUntil key={`until ${stretch.until}`} day={stretch.until} />
          : (stretch.items.length > 0 || isToday) && (
              <DaySection
                key={stretch.day}
                day={stretch.day}
                isToday={isToday && stretch.day === first}
                items={stretch.items.map(({ item }) => item)}
                reminders={reminders}
                words={words}
              />
            ),
      )}
      {isEmpty && <NothingComing />}
      {error && <Failure error={error} retry={retry} />}
      {goesOn && !error && (
        <Center>
          <Button variant="default" loading={isLoading} onClick={loadMore}>
            <Trans>Show more</Trans>
          </Button>
        </Center>
      )}
      {!goesOn && next !== undefined && (
        <Center>
          <Button variant="default" onClick={() => setEnd(furtherEnd(end, next, DAYS))}>
            <Trans>Further</Trans>
          </Button>
        </Center>
      )}
    </Stack>
  );
}
