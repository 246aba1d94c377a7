import { Page } from '#web/ui/page.tsx';

export function RemindersPage() {
  return <Page title="Reminders">{null}</Page>;
}
