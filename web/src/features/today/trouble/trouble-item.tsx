import { Box, Button, CloseButton, Group, Text } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { Link } from '@tanstack/react-router';
import TriangleAlert from 'lucide-react/icons/triangle-alert';
import { pageOfSubject } from '#web/features/notifications/subject-link.ts';
import { RelativeTime } from '#web/ui/time/relative-time.tsx';
import { RemindAgainButton } from './remind-again-button.tsx';
import { RetryJobButton } from './retry-job-button.tsx';
import { TroubleWords } from './trouble-words.tsx';
import type { Trouble } from './troubles.ts';
import classes from './trouble-item.module.css';

interface TroubleItemProps {
  trouble: Trouble;
  onDismiss: () => void;
}

export function TroubleItem({ trouble, onDismiss }: TroubleItemProps) {
  const { t } = useLingui();
  const page = pageOf(trouble);
  return (
    <Box role="listitem" className={classes['item'] ?? ''}>
      <Group gap="sm" wrap="nowrap" align="flex-start">
        <TriangleAlert size={18} aria-hidden className={classes['icon'] ?? ''} />
        <div className={classes['words'] ?? ''}>
          <TroubleWords trouble={trouble} />
          <Text size="sm" c="dimmed">
            <RelativeTime instant={trouble.at} />
          </Text>
          <Group gap="xs" mt="xs">
            {trouble.about === 'occurrence' && (
              <RemindAgainButton reminderId={trouble.occurrence.reminder_id} />
            )}
            {trouble.about === 'job' && <RetryJobButton jobId={trouble.job.id} />}
            {page !== undefined && (
              <Button size="xs" variant="default" component={Link} to={page}>
                <Trans>Look</Trans>
              </Button>
            )}
          </Group>
        </div>
        <CloseButton aria-label={t`Dismiss`} onClick={onDismiss} />
      </Group>
    </Box>
  );
}

function pageOf(trouble: Trouble): string | undefined {
  switch (trouble.about) {
    case 'occurrence':
      return `/reminders/${trouble.occurrence.reminder_id}`;
    case 'activity':
      return pageOfSubject(trouble.entry.subject);
    case 'job':
      return '/admin';
  }
}
