import { Button, Group, Text } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import KeyRound from 'lucide-react/icons/key-round';
import { useRef } from 'react';
import { Refusal } from '#web/features/auth/refusal.tsx';
import { canUsePasskeys, readSignInOptions } from '#web/features/auth/sign-in-options.ts';
import { useSecondsLeft } from '#web/features/auth/use-seconds-left.ts';
import { Failure } from '#web/ui/failure.tsx';
import { ListSkeleton } from '#web/ui/list-skeleton.tsx';
import { toast } from '#web/ui/toast.tsx';
import { SettingsCard } from '../../settings-card.tsx';
import { SettingsRows } from '../../settings-rows.tsx';
import { PasskeyRow } from './passkey-row.tsx';
import { addPasskey, passkeysQuery } from './passkeys-api.ts';
import { useSingleMutation } from '../../use-single-mutation.ts';

export function PasskeysCard() {
  const { t } = useLingui();
  const title = useRef<HTMLHeadingElement>(null);
  const { data: passkeys, error, refetch } = useQuery(passkeysQuery);
  const options = useQuery({
    queryKey: ['passkeys', 'options'],
    queryFn: async ({ signal }) => await readSignInOptions(signal),
  });
  const add = useSingleMutation({
    mutationFn: addPasskey,
    onSuccess: ({ name }) => toast(<Trans>“{name}” signs you in from now on.</Trans>),
  });
  const secondsLeft = useSecondsLeft(add.error, add.submittedAt);
  return (
    <SettingsCard
      title={t`Passkeys`}
      titleRef={title}
      lead={
        <Trans>
          Sign in with your fingerprint, face or a security key: nothing to type, and nothing that can be
          given away.
        </Trans>
      }
    >
      {passkeys?.length === 0 && (
        <Text size="sm">
          <Trans>You have none yet.</Trans>
        </Text>
      )}
      {passkeys && passkeys.length > 0 && (
        <SettingsRows>
          {passkeys.map((passkey) => (
            <PasskeyRow key={passkey.id} passkey={passkey} onRemoved={() => title.current?.focus()} />
          ))}
        </SettingsRows>
      )}
      {!passkeys && !error && <ListSkeleton rows={1} />}
      {!passkeys && error && <Failure error={error} retry={() => void refetch()} />}
      <Refusal error={add.error} secondsLeft={secondsLeft} />
      {options.data && !canUsePasskeys(options.data) && (
        <Text size="sm" c="dimmed">
          <Trans>
            Browsers make passkeys only for an address with a name (not 192.168.…), and over https or on the
            machine itself.
          </Trans>
        </Text>
      )}
      {options.data && canUsePasskeys(options.data) && (
        <Group justify="flex-end">
          <Button
            variant="default"
            leftSection={<KeyRound size={16} aria-hidden />}
            loading={add.isPending}
            disabled={secondsLeft > 0}
            onClick={() => add.mutate()}
          >
            <Trans>Add a passkey</Trans>
          </Button>
        </Group>
      )}
    </SettingsCard>
  );
}
