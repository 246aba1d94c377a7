import { useCallback, useMemo, useState } from 'react';
import { dayOf } from '#web/ui/time/format-time.ts';
import { useTimeSettings } from '#web/ui/time/time-zone.tsx';
import { stillUnsent, type Unsent } from '../outbox/unsent.ts';
import { rowsOf, type Row } from './rows.ts';
import type { ThreadState } from './thread-state.ts';

export type ListRow = Row | { kind: 'unsent'; key: string; unsent: Unsent };

/** Naming the day of an instant takes long for thousands of them; it never changes. */
const days = new Map<string, string>();

/** What the list shows, and whose earlier versions. */
export function useRows({ messages }: ThreadState, outbox: readonly Unsent[]) {
  const settings = useTimeSettings();
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());

  const unsent = useMemo(() => stillUnsent(outbox, messages), [outbox, messages]);
  const edited = unsent.find(({ edits, status }) => edits !== undefined && status === 'sending')?.edits;
  const stored = useMemo(() => {
    const { timezone } = settings;
    return rowsOf(messages, {
      open,
      hiddenFrom: edited === undefined ? undefined : messages.find(({ id }) => id === edited)?.seq,
      dayOf: (instant) => {
        const key = timezone + instant;
        const day = days.get(key) ?? dayOf(instant, settings);
        days.set(key, day);
        return day;
      },
    });
  }, [messages, open, edited, settings]);
  const rows = useMemo<ListRow[]>(
    () => [
      ...stored,
      ...unsent.map((one) => ({ kind: 'unsent' as const, key: one.client_message_id, unsent: one })),
    ],
    [stored, unsent],
  );

  const toggleVersions = useCallback((id: string) => {
    setOpen((before) => {
      const after = new Set(before);
      if (!after.delete(id)) after.add(id);
      return after;
    });
  }, []);
  return { rows, unsent, toggleVersions };
}
