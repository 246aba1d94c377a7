import type { ReactNode } from 'react';
import { FateBadge } from '#web/features/reminders/history/fate-badge.tsx';
import { useOccurrenceWords } from '#web/features/reminders/history/use-occurrence-words.ts';
import type { Occurrence } from '#web/features/reminders/use-reminder-lists.ts';
import { Line } from './line.tsx';

/** A time that has passed, what became of it and how late that was. */
export function PastLine({ occurrence, children }: { occurrence: Occurrence; children?: ReactNode }) {
  const { due_at, reminder_id, title, text, fate } = occurrence;
  const words = useOccurrenceWords(occurrence);
  return (
    <Line
      at={due_at}
      reminderId={reminder_id}
      name={title ?? text}
      facts={
        <>
          <FateBadge fate={fate} />
          <span>{words.join(' · ')}</span>
        </>
      }
    >
      {children}
    </Line>
  );
}
