import { Badge, Button } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { useNow } from '#web/lib/now.ts';
import { Confirm } from '#web/ui/confirm.tsx';
import { toast, toastFailure } from '#web/ui/toast.tsx';
import { SettingsRow } from '../settings-row.tsx';
import { TokenFacts } from './token-facts.tsx';
import { revokeToken, type ApiToken } from './tokens-api.ts';
import { useSingleMutation } from '../use-single-mutation.ts';

interface TokenRowProps {
  token: ApiToken;
  onRevoked: () => void;
}

export function TokenRow({ token, onRevoked }: TokenRowProps) {
  const { t } = useLingui();
  const [isAsking, setAsking] = useState(false);
  const now = useNow(60_000);
  const { id, name, expires_at } = token;
  const revoke = useSingleMutation({
    mutationFn: async () => await revokeToken(id),
    onSuccess: () => {
      toast(<Trans>Revoked: {name}</Trans>);
      onRevoked();
    },
    onError: (error) => {
      setAsking(false);
      toastFailure(error);
    },
  });
  const isOver = expires_at !== null && new Date(expires_at).getTime() <= now;
  return (
    <SettingsRow
      name={name}
      badge={
        isOver && (
          <Badge variant="light" color="gray" c="var(--mantine-color-text)">
            <Trans>Expired</Trans>
          </Badge>
        )
      }
      facts={<TokenFacts token={token} isOver={isOver} />}
    >
      <Button
        variant="default"
        size="xs"
        aria-label={t`Revoke the token: ${name}`}
        onClick={() => setAsking(true)}
      >
        <Trans>Revoke</Trans>
      </Button>
      <Confirm
        opened={isAsking}
        title={t`Revoke “${name}”?`}
        action={t`Revoke`}
        loading={revoke.isPending}
        onConfirm={() => revoke.mutate()}
        onClose={() => setAsking(false)}
      >
        <Trans>
          What uses it is refused from now on. It can’t be brought back; you can make another one.
        </Trans>
      </Confirm>
    </SettingsRow>
  );
}
