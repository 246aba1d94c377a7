import {
  Anchor,
  Badge,
  Box,
  Collapse,
  Group,
  Stack,
  Text,
  UnstyledButton,
  VisuallyHidden,
} from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { Trans, useLingui } from '@lingui/react/macro';
import { Link } from '@tanstack/react-router';
import { useId, useRef } from 'react';
import { AskedOfYou } from '#web/features/approvals/asked-of-you.tsx';
import { RelativeTime } from '#web/ui/time/relative-time.tsx';
import { Deliveries } from './deliveries.tsx';
import { HeldBadge } from './held-badge.tsx';
import { isNew } from './is-new.ts';
import { KindIcon } from './kind-icon.tsx';
import type { Notification } from './queries.ts';
import { ReminderActions } from './reminder-actions.tsx';
import { idOfSubject, pageOfSubject } from './subject-link.ts';
import { kindNames } from './words.ts';
import classes from './notification-item.module.css';

interface NotificationItemProps {
  item: Notification;
  onRead: (item: Notification) => void;
  /** What it asked for was done; default: it is only read. */
  onHandled?: (item: Notification) => void;
}

const HIGH_PRIORITY = 4;
const SHOWN_LINES = 3;

/** One notification: opening it shows how it was delivered, and it counts as read. */
export function NotificationItem({ item, onRead, onHandled = onRead }: NotificationItemProps) {
  const { i18n } = useLingui();
  const [isOpen, { toggle }] = useDisclosure();
  const head = useRef<HTMLButtonElement>(null);
  const details = useId();
  const isUnread = isNew(item);
  const reminderId = idOfSubject(item.subject, 'reminder');
  const approvalId = idOfSubject(item.subject, 'approval');
  const asks = isUnread || isOpen;
  const handled = () => {
    head.current?.focus();
    onHandled(item);
  };
  const page = pageOfSubject(item.subject);
  const failed = item.deliveries.filter(({ status }) => status === 'failed').length;
  return (
    <Box component="li" className={classes['item'] ?? ''} data-unread={isUnread || undefined}>
      <UnstyledButton
        ref={head}
        className={classes['head'] ?? ''}
        aria-expanded={isOpen}
        aria-controls={details}
        onClick={() => {
          toggle();
          onRead(item);
        }}
      >
        <Group gap="sm" wrap="nowrap" align="flex-start">
          <KindIcon kind={item.kind} />
          <Box flex={1} miw={0}>
            {isUnread && (
              <VisuallyHidden>
                <Trans>Unread:</Trans>{' '}
              </VisuallyHidden>
            )}
            {item.title !== null && (
              <Text fw={isUnread ? 700 : 500} className={classes['message'] ?? ''}>
                {item.title}
              </Text>
            )}
            <Text
              {...(item.title === null && isUnread && { fw: 700 })}
              {...(item.title !== null && { size: 'sm' })}
              className={classes['message'] ?? ''}
              {...(!isOpen && { lineClamp: SHOWN_LINES })}
            >
              {item.message}
            </Text>
            <Group gap="xs" mt={4}>
              <Text size="sm" c="dimmed">
                {i18n._(kindNames[item.kind])} · <RelativeTime instant={item.created_at} />
              </Text>
              {item.priority >= HIGH_PRIORITY && (
                <Badge size="sm" variant="default">
                  <Trans>Important</Trans>
                </Badge>
              )}
              {item.held_until !== null && <HeldBadge until={item.held_until} />}
              {failed > 0 && (
                <Badge size="sm" color="red" variant="filled">
                  <Trans>Delivery failed</Trans>
                </Badge>
              )}
            </Group>
          </Box>
          {isUnread && <Box className={classes['dot'] ?? ''} aria-hidden="true" />}
        </Group>
      </UnstyledButton>
      {asks && reminderId !== undefined && (
        <Box mt="xs" ps={46}>
          <ReminderActions reminderId={reminderId} onHandled={handled} />
        </Box>
      )}
      {asks && approvalId !== undefined && (
        <Box mt="xs" ps={46}>
          <AskedOfYou approvalId={approvalId} onDecided={handled} />
        </Box>
      )}
      <Collapse expanded={isOpen} id={details}>
        {isOpen && (
          <Stack gap="xs" mt="sm" ps={46}>
            <Deliveries deliveries={item.deliveries} />
            {page !== undefined && (
              <Anchor component={Link} to={page} size="sm">
                {reminderId === undefined ? <Trans>Open</Trans> : <Trans>Open the reminder</Trans>}
              </Anchor>
            )}
          </Stack>
        )}
      </Collapse>
    </Box>
  );
}
