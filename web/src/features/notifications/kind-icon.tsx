import { ThemeIcon } from '@mantine/core';
import AlarmClock from 'lucide-react/icons/alarm-clock';
import Bell from 'lucide-react/icons/bell';
import CircleHelp from 'lucide-react/icons/circle-help';
import ListChecks from 'lucide-react/icons/list-checks';
import PencilLine from 'lucide-react/icons/pencil-line';
import type { Notification } from './queries.ts';

const icons = {
  reminder: AlarmClock,
  task: ListChecks,
  approval: CircleHelp,
  draft: PencilLine,
  system: Bell,
} as const;

/** What kind of notification it is; its name stands in the text. */
export function KindIcon({ kind }: { kind: Notification['kind'] }) {
  const Icon = icons[kind];
  return (
    <ThemeIcon variant="light" size="lg" radius="xl" aria-hidden="true">
      <Icon size={18} />
    </ThemeIcon>
  );
}
