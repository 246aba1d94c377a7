import { Page } from '#web/ui/page.tsx';

export function MemoryPage() {
  return <Page title="Memory">{null}</Page>;
}
