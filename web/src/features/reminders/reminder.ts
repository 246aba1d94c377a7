import type { reminder } from '#features/reminders/contract.ts';
import type { Wire } from '#web/lib/wire.ts';

export type Reminder = Wire<typeof reminder>;

/** What it is called where there is one line for it. */
export function nameOf({ title, payload }: Pick<Reminder, 'title' | 'payload'>): string {
  return title ?? payload.text;
}
