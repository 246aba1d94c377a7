import { Button, Group, Stack } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import Download from 'lucide-react/icons/download';
import { useMe } from '#web/features/users/me.ts';
import { downloadFile } from '../../download-file.ts';
import { StepLead } from '../../step-lead.tsx';
import { SecretText } from '../../secret-text.tsx';

interface RecoveryCodesStepProps {
  codes: readonly string[];
  onClose: () => void;
}

/** The codes for when the app is lost: this once. */
export function RecoveryCodesStep({ codes, onClose }: RecoveryCodesStepProps) {
  const { t } = useLingui();
  const { email, name } = useMe();
  const account = email ?? name;
  const text = codes.join('\n');

  function download(): void {
    const title = t`Recovery codes of ${account} for Famulus. Each works once.`;
    downloadFile('famulus-recovery-codes.txt', new Blob([`${title}\n\n${text}\n`], { type: 'text/plain' }));
  }

  return (
    <Stack gap="md">
      <StepLead>
        <Trans>
          Without your app, each of these signs you in once. Keep them where only you find them: they are not
          shown again.
        </Trans>
      </StepLead>
      <SecretText
        text={text}
        more={
          <Button
            variant="default"
            size="xs"
            leftSection={<Download size={14} aria-hidden />}
            onClick={download}
          >
            <Trans>Download</Trans>
          </Button>
        }
      />
      <Group justify="flex-end">
        <Button onClick={onClose}>
          <Trans>I have kept them</Trans>
        </Button>
      </Group>
    </Stack>
  );
}
