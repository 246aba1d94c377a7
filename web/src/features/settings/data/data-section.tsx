import { Button, Group, List, Text } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { useIsMutating } from '@tanstack/react-query';
import Download from 'lucide-react/icons/download';
import { Failure } from '#web/ui/failure.tsx';
import { SectionBody } from '../section-body.tsx';
import { SettingsCard } from '../settings-card.tsx';
import { downloadExport } from './download-export.ts';
import { useSingleMutation } from '../use-single-mutation.ts';

const mutationKey = ['export'];

export function DataSection() {
  const { t } = useLingui();
  const download = useSingleMutation({ mutationKey, mutationFn: downloadExport, gcTime: 0 });
  // Also one that was begun before somebody looked at another section.
  const isMaking = useIsMutating({ mutationKey }) > 0;
  return (
    <SectionBody title={t`Your data`}>
      <SettingsCard
        title={t`Take everything with you`}
        lead={
          <Trans>One zip file with all that Famulus keeps of you, to read, keep or take elsewhere.</Trans>
        }
      >
        <List size="sm">
          <List.Item>
            <Trans>
              Reminders and their history, conversations, memories, notifications, activity, settings.
            </Trans>
          </List.Item>
          <List.Item>
            <Trans>Each as a text file with one thing a line (JSON), all of the same moment.</Trans>
          </List.Item>
          <List.Item>
            <Trans>No passwords and no tokens: the file opens nothing.</Trans>
          </List.Item>
        </List>
        {download.error && !isMaking && <Failure error={download.error} />}
        <Group justify="space-between">
          <Text size="sm" role="status">
            {isMaking && <Trans>It is being made. Keep this tab open.</Trans>}
            {!isMaking && download.isSuccess && <Trans>Done: it is among your downloads.</Trans>}
          </Text>
          <Button
            leftSection={<Download size={16} aria-hidden />}
            loading={isMaking}
            onClick={() => download.mutate()}
          >
            <Trans>Download my data</Trans>
          </Button>
        </Group>
      </SettingsCard>
    </SectionBody>
  );
}
