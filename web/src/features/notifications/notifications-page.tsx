import { Group, Tabs } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { Page } from '#web/ui/page.tsx';
import { MarkAllReadButton } from './mark-all-read-button.tsx';
import { NotificationList } from './notification-list.tsx';
import { TestNotificationButton } from './test-notification-button.tsx';
import { UnreadBadge } from './unread-badge.tsx';

export function NotificationsPage() {
  const { t } = useLingui();
  return (
    <Page title={t`Notifications`}>
      <Tabs defaultValue="all" keepMounted={false}>
        <Tabs.List mb="md">
          <Tabs.Tab value="all">
            <Trans>All</Trans>
          </Tabs.Tab>
          <Tabs.Tab value="unread" rightSection={<UnreadBadge />}>
            <Trans>Unread</Trans>
          </Tabs.Tab>
        </Tabs.List>
        <Group gap="xs" mb="md">
          <MarkAllReadButton />
          <TestNotificationButton />
        </Group>
        <Tabs.Panel value="all">
          <NotificationList unread={false} />
        </Tabs.Panel>
        <Tabs.Panel value="unread">
          <NotificationList unread />
        </Tabs.Panel>
      </Tabs>
    </Page>
  );
}
