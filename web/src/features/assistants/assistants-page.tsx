import { Page } from '#web/ui/page.tsx';

export function AssistantsPage() {
  return <Page title="Assistants">{null}</Page>;
}
