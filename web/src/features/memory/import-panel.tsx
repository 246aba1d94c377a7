import { Alert, Checkbox, Group, Loader, Paper, Stack, Text, Title } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Failure } from '#web/ui/failure.tsx';
import { FormButtons } from '#web/ui/form-buttons.tsx';
import { toast, toastFailure } from '#web/ui/toast.tsx';
import { ImportCounts } from './import-counts.tsx';
import { importItems, itemsIn } from './import-file.ts';

interface ImportPanelProps {
  file: File;
  onClose: () => void;
}

/** Shows what would become of a file's items, before anything does. */
export function ImportPanel({ file, onClose }: ImportPanelProps) {
  const { t } = useLingui();
  const { name, lastModified } = file;
  const [choices, setChoices] = useState({ replaces: false, again: false });
  const [isSaving, setSaving] = useState(false);
  const read = useQuery({
    queryKey: ['memories', 'file', name, lastModified],
    queryFn: async () => itemsIn(await file.text()) ?? null,
    gcTime: 0,
  });
  const items = read.data ?? undefined;
  const preview = useQuery({
    queryKey: ['memories', 'import', name, lastModified, choices],
    queryFn: async () => await importItems(items ?? [], choices, true),
    enabled: items !== undefined,
    gcTime: 0,
  });
  const willChange = (preview.data?.added ?? 0) + (preview.data?.replaced ?? 0);

  async function save(): Promise<void> {
    setSaving(true);
    try {
      const { added, replaced } = await importItems(items ?? [], choices, false);
      const count = added + replaced;
      toast(<Trans>Imported: {count}</Trans>);
      onClose();
    } catch (error) {
      setSaving(false);
      toastFailure(error);
    }
  }

  return (
    <Paper withBorder p="md" mb="md" component="section" aria-label={t`Import`}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <Stack gap="sm">
          <Title order={2} size="h4">
            <Trans>Import {name}</Trans>
          </Title>
          {read.data === null && (
            <Alert color="red">
              <Trans>This is no file of memories. It must be JSON, as the export makes it.</Trans>
            </Alert>
          )}
          {preview.error && <Failure error={preview.error} retry={() => void preview.refetch()} />}
          {preview.data ? (
            <ImportCounts counts={preview.data} />
          ) : (
            items && !preview.error && <Loader size="sm" aria-label={t`Reading the file`} />
          )}
          <Group gap="lg">
            <Checkbox
              label={t`Replace what I have`}
              checked={choices.replaces}
              onChange={({ currentTarget }) => setChoices({ ...choices, replaces: currentTarget.checked })}
            />
            <Checkbox
              label={t`Bring back what I had forgotten`}
              checked={choices.again}
              onChange={({ currentTarget }) => setChoices({ ...choices, again: currentTarget.checked })}
            />
          </Group>
          <Text size="sm" c="dimmed">
            <Trans>
              What comes from a file counts as a stranger’s words until you have looked at it and trust it.
            </Trans>
          </Text>
        </Stack>
        <FormButtons action={t`Import`} isBusy={isSaving} isDisabled={willChange === 0} onCancel={onClose} />
      </form>
    </Paper>
  );
}
