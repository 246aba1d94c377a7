import { Button, Group, Stack, Text } from '@mantine/core';
import { Trans } from '@lingui/react/macro';
import { SecretText } from '../secret-text.tsx';
import type { MadeToken } from './tokens-api.ts';

export function MadeTokenView({ made, onClose }: { made: MadeToken; onClose: () => void }) {
  return (
    <Stack gap="md">
      <Text size="sm">
        <Trans>Copy it now: it is not shown again. Whoever has it can do what you chose.</Trans>
      </Text>
      <SecretText text={made.token} />
      <Group justify="flex-end">
        <Button data-autofocus onClick={onClose}>
          <Trans>I have kept it</Trans>
        </Button>
      </Group>
    </Stack>
  );
}
