import { Button } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import CalendarPlus from 'lucide-react/icons/calendar-plus';
import { openDialog } from '#web/lib/dialogs.ts';
import { EmptyState } from '#web/ui/empty-state.tsx';

/** Nothing will ever fire, as things are. */
export function NothingComing() {
  const { t } = useLingui();
  const example = t`Water the plants tomorrow at 9:00`;
  return (
    <EmptyState
      icon={<CalendarPlus size={28} aria-hidden />}
      title={t`Nothing is set`}
      action={
        <Button variant="default" size="xs" onClick={() => openDialog({ name: 'capture', text: example })}>
          {example}
        </Button>
      }
    >
      <Trans>Whatever will come stands here, day by day. Try this one:</Trans>
    </EmptyState>
  );
}
