import { Page } from '#web/ui/page.tsx';

export function TodayPage() {
  return <Page title="Today">{null}</Page>;
}
