import { Anchor, Stack } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { Link } from '@tanstack/react-router';
import { NotificationItem } from '#web/features/notifications/notification-item.tsx';
import type { Notification } from '#web/features/notifications/queries.ts';
import { Section } from '../section.tsx';

/** More are on the page of notifications. */
const SHOWN = 5;

interface NeedsYouSectionProps {
  items: readonly Notification[];
  onRead: (item: Notification) => void;
  onHandled: (item: Notification) => void;
}

/** What waits for the user. */
export function NeedsYouSection({ items, onRead, onHandled }: NeedsYouSectionProps) {
  const { t } = useLingui();
  return (
    <Section
      title={t`Needs you`}
      more={
        <Anchor component={Link} to="/notifications" size="sm">
          <Trans>All notifications</Trans>
        </Anchor>
      }
    >
      <Stack component="ul" gap="xs" m={0} p={0}>
        {items.slice(0, SHOWN).map((item) => (
          <NotificationItem key={item.id} item={item} onRead={onRead} onHandled={onHandled} />
        ))}
      </Stack>
    </Section>
  );
}
