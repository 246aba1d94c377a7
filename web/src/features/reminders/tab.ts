import type { ReminderTab } from './use-reminder-lists.ts';

export type Tab = ReminderTab | 'history';

const tabs: readonly unknown[] = ['upcoming', 'recurring', 'paused', 'history'] satisfies Tab[];

export function isTab(value: unknown): value is Tab {
  return tabs.includes(value);
}
