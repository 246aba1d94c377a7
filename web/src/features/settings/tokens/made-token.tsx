import { Button, Group, Stack } from '@mantine/core';
import { Trans } from '@lingui/react/macro';
import { StepLead } from '../step-lead.tsx';
import { SecretText } from '../secret-text.tsx';
import type { MadeToken } from './tokens-api.ts';

export function MadeTokenView({ made, onClose }: { made: MadeToken; onClose: () => void }) {
  return (
    <Stack gap="md">
      <StepLead>
        <Trans>Copy it now: it is not shown again. Whoever has it can do what you chose.</Trans>
      </StepLead>
      <SecretText text={made.token} />
      <Group justify="flex-end">
        <Button onClick={onClose}>
          <Trans>I have kept it</Trans>
        </Button>
      </Group>
    </Stack>
  );
}
