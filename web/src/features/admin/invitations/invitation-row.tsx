import { Badge, Button, Text } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useNow } from '#web/lib/now.ts';
import { Row } from '#web/ui/rows.tsx';
import { RelativeTime } from '#web/ui/time/relative-time.tsx';
import { useNextFocus } from '#web/ui/use-next-focus.ts';
import { accountsQuery } from '../users/account.ts';
import { RevokeInvitation } from './revoke-invitation.tsx';
import { stateOf, type Invitation } from './invitation.ts';

export function InvitationRow({ invitation }: { invitation: Invitation }) {
  const { t } = useLingui();
  const [row, focusNext] = useNextFocus();
  const [isRevoking, setRevoking] = useState(false);
  const state = stateOf(invitation, useNow(30_000));
  const { email, role } = invitation;
  const whom = email ?? t`Anyone with the link`;
  return (
    <Row
      ref={row}
      title={<Text fw={500}>{whom}</Text>}
      facts={
        <>
          {role === 'admin' && (
            <Badge size="sm" variant="default">
              <Trans>Admin</Trans>
            </Badge>
          )}
          <Fate invitation={invitation} state={state} />
        </>
      }
      actions={
        state === 'open' && (
          <Button
            size="xs"
            variant="default"
            aria-label={t`Revoke the invitation: ${whom}`}
            onClick={() => setRevoking(true)}
          >
            <Trans>Revoke</Trans>
          </Button>
        )
      }
    >
      <RevokeInvitation
        id={invitation.id}
        whom={whom}
        opened={isRevoking}
        onRevoked={focusNext}
        onClose={() => setRevoking(false)}
      />
    </Row>
  );
}

interface FateProps {
  invitation: Invitation;
  state: ReturnType<typeof stateOf>;
}

function Fate({ invitation: { used_at, used_by, expires_at }, state }: FateProps) {
  const { data: accounts = [] } = useInfiniteQuery(accountsQuery);
  const name = accounts.find(({ id }) => id === used_by)?.name;
  if (state === 'open') {
    return (
      <span>
        <Trans>
          Open; ends <RelativeTime instant={expires_at} />
        </Trans>
      </span>
    );
  }
  if (state === 'over') {
    return (
      <span>
        <Trans>
          Nobody came; ended <RelativeTime instant={expires_at} />
        </Trans>
      </span>
    );
  }
  return (
    <span>
      {name === undefined ? <Trans>Accepted</Trans> : <Trans>Accepted by {name}</Trans>}{' '}
      {used_at !== null && <RelativeTime instant={used_at} />}
    </span>
  );
}
