import { Button, Group, Stack } from '@mantine/core';
import { Trans } from '@lingui/react/macro';
import { AppSecretView } from './app-secret.tsx';
import type { AppSecret } from './two-factor-api.ts';

export function SecretStep({ secret, onClose }: { secret: AppSecret; onClose: () => void }) {
  return (
    <Stack gap="md">
      <AppSecretView secret={secret} />
      <Group justify="flex-end">
        <Button onClick={onClose}>
          <Trans>Done</Trans>
        </Button>
      </Group>
    </Stack>
  );
}
