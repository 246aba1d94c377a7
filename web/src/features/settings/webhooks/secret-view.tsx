import { Button, Group, Stack } from '@mantine/core';
import { Trans } from '@lingui/react/macro';
import { SecretText } from '../secret-text.tsx';
import { StepLead } from '../step-lead.tsx';

interface SecretViewProps {
  secret: string;
  /** Whether there was one before. */
  isNext: boolean;
  onClose: () => void;
}

/** A webhook's secret, the only time it is seen. */
export function SecretView({ secret, isNext, onClose }: SecretViewProps) {
  return (
    <Stack gap="md">
      <StepLead>
        <Trans>
          Copy it now: it is not shown again. With it the receiver checks that a message is from Famulus.
        </Trans>{' '}
        {isNext && <Trans>For a day messages are signed with the one before, too.</Trans>}
      </StepLead>
      <SecretText text={secret} />
      <Group justify="flex-end">
        <Button onClick={onClose}>
          <Trans>I have kept it</Trans>
        </Button>
      </Group>
    </Stack>
  );
}
