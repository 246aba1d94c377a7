import { Page } from '#web/ui/page.tsx';

export function ReminderPage() {
  return <Page title="Reminder">{null}</Page>;
}
