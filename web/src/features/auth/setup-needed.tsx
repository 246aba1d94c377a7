import { Text } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { AuthLayout } from './auth-layout.tsx';
import { Command } from './command.tsx';

/** There is nobody to sign in yet. */
export function SetupNeeded() {
  const { t } = useLingui();
  return (
    <AuthLayout title={t`Famulus is not set up yet`}>
      <Text size="sm">
        <Trans>
          Open the link that was printed when Famulus was started. If you don’t have it any more, start
          Famulus again on its machine:
        </Trans>
      </Text>
      <Command>./manage start</Command>
    </AuthLayout>
  );
}
