import { Button, Paper } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Occurrence } from '#web/features/reminders/use-reminder-lists.ts';
import { Failure } from '#web/ui/failure.tsx';
import { LoadMore } from '#web/ui/load-more.tsx';
import { useTimeSettings } from '#web/ui/time/time-zone.tsx';
import { Crowd } from './crowd.tsx';
import { fold, type Folded } from './fold.ts';
import { hasWords } from './matching.ts';
import { PastLine } from './past-line.tsx';
import { pastQuery } from './past-query.ts';
import { TimesOfDay } from './times-of-day.tsx';
import classes from './line.module.css';

/** Of what has passed so many lines stand above the present; the others come on demand. */
const SHOWN = 4;

const reading = {
  who: ({ reminder_id, fate }: Occurrence) => `${reminder_id} ${fate}`,
  at: ({ due_at }: Occurrence) => due_at,
};

/** What was due on this day so far. */
export function Past({ day, words }: { day: string; words: string }) {
  const { t } = useLingui();
  const { timezone } = useTimeSettings();
  const list = useInfiniteQuery(pastQuery(day, timezone));
  const [isAll, setAll] = useState(false);
  if (list.error && !list.data) return <Failure error={list.error} retry={() => void list.refetch()} />;
  const found = (list.data ?? []).filter(({ title, text }) => hasWords(`${title ?? ''} ${text}`, words));
  if (found.length === 0) return null;
  const lines = fold(found.toReversed(), reading);
  const hidden = isAll ? 0 : Math.max(0, lines.length - SHOWN);
  return (
    <>
      {isAll ? (
        <LoadMore query={list} />
      ) : (
        (hidden > 0 || list.hasNextPage) && (
          <Button variant="subtle" size="compact-sm" mb={4} onClick={() => setAll(true)}>
            <Trans>Earlier today</Trans>
          </Button>
        )
      )}
      <Paper withBorder component="ul" className={classes['lines'] ?? ''} aria-label={t`What was due today`}>
        {lines.slice(hidden).map((line) => (
          <PastFolded key={keyOf(line)} line={line} />
        ))}
      </Paper>
    </>
  );
}

function keyOf(line: Folded<Occurrence>): string {
  return (line.kind === 'one' ? line.item : line.items[0])?.id ?? '';
}

function PastFolded({ line }: { line: Folded<Occurrence> }) {
  if (line.kind === 'one') return <PastLine occurrence={line.item} />;
  const [first] = line.items;
  const last = line.items.at(-1);
  if (!first || !last) return null;
  if (line.kind === 'repeated') {
    // How late the latest was is what one looks for.
    return (
      <PastLine occurrence={last}>
        <TimesOfDay
          instants={line.items.map(({ due_at }) => due_at)}
          count={line.items.reduce((sum, { count }) => sum + count, 0)}
        />
      </PastLine>
    );
  }
  return (
    <Crowd at={first.due_at} count={line.items.length}>
      {() => line.items.map((one) => <PastLine key={one.id} occurrence={one} />)}
    </Crowd>
  );
}
