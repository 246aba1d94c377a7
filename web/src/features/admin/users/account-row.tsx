import { Badge, Text } from '@mantine/core';
import { Trans } from '@lingui/react/macro';
import { useMe } from '#web/features/users/me.ts';
import { RelativeTime } from '#web/ui/time/relative-time.tsx';
import { Row } from '#web/ui/rows.tsx';
import { useNextFocus } from '#web/ui/use-next-focus.ts';
import { AccountMenu } from './account-menu.tsx';
import type { Account } from './account.ts';

/** An account, and nothing of what is in it. */
export function AccountRow({ account }: { account: Account }) {
  const me = useMe();
  const [row, focusNext] = useNextFocus();
  const { id, name, email, telegram_username, role, is_active, two_factor_enabled, created_at } = account;
  const isMe = id === me.id;
  return (
    <Row
      ref={row}
      title={
        <Text fw={500}>
          {name}
          {isMe && (
            <Text span inherit fw={400} c="dimmed">
              {' '}
              <Trans>(you)</Trans>
            </Text>
          )}
        </Text>
      }
      facts={
        <>
          <span>{email ?? (telegram_username !== null ? `@${telegram_username}` : 'Telegram')}</span>
          {role === 'admin' && (
            <Badge size="sm" variant="default">
              <Trans>Admin</Trans>
            </Badge>
          )}
          {!is_active && (
            <Badge size="sm" variant="default">
              <Trans>Disabled</Trans>
            </Badge>
          )}
          {two_factor_enabled && (
            <Badge size="sm" variant="default">
              <Trans>Second factor</Trans>
            </Badge>
          )}
          <span>
            <Trans>
              Made <RelativeTime instant={created_at} />
            </Trans>
          </span>
        </>
      }
      actions={<AccountMenu account={account} isMe={isMe} onLeave={focusNext} />}
    />
  );
}
