import { Trans, useLingui } from '@lingui/react/macro';
import BellRing from 'lucide-react/icons/bell-ring';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { TestNotificationButton } from './test-notification-button.tsx';

export function NoNotifications({ unread }: { unread: boolean }) {
  const { t } = useLingui();
  return (
    <EmptyState
      icon={<BellRing size={28} aria-hidden />}
      title={unread ? t`You have read everything` : t`Nothing yet`}
      action={<TestNotificationButton />}
    >
      <Trans>Reminders that fire arrive here, at once. Send yourself a test to see how it looks.</Trans>
    </EmptyState>
  );
}
