import { Button, Group, Paper, Stack } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { useMutation } from '@tanstack/react-query';
import { useState, type SyntheticEvent } from 'react';
import type { ShownSettings } from '#features/settings/contract.ts';
import { ModelInput } from '#web/features/models/model-input.tsx';
import { fieldErrors } from '#web/lib/problem.ts';
import { toast, toastFailure } from '#web/ui/toast.tsx';
import { SectionHead } from '../section-head.tsx';
import { saveSettings } from './models-api.ts';

/** What answers for assistants that name no model, and what memories are compared by. */
export function DefaultModels({ settings }: { settings: ShownSettings }) {
  const { t } = useLingui();
  const [model, setModel] = useState(settings.default_model);
  const [embedding, setEmbedding] = useState(settings.embedding_model ?? '');
  const [errors, setErrors] = useState<Record<string, string>>({});
  const changed = {
    // Empty: as the environment says.
    ...(model !== settings.default_model && { default_model: model.trim() || null }),
    ...(embedding !== (settings.embedding_model ?? '') && { embedding_model: embedding.trim() || null }),
  };
  const save = useMutation({
    mutationFn: async () => {
      await saveSettings(changed);
    },
    onSuccess: () => {
      setErrors({});
      toast(<Trans>Saved: the default models</Trans>);
    },
    onError: (error) => {
      const found = fieldErrors(error);
      if (found) setErrors(found);
      else toastFailure(error);
    },
  });

  function submit(event: SyntheticEvent): void {
    event.preventDefault();
    if (!save.isPending) save.mutate();
  }

  return (
    <section aria-label={t`Default models`}>
      <SectionHead title={t`Default models`} />
      <Paper withBorder p="md" component="form" onSubmit={submit}>
        <Stack gap="md">
          <ModelInput
            label={t`Model`}
            description={t`Of assistants that name none. Choose one or type provider/model.`}
            error={errors['default_model']}
            value={model}
            onChange={setModel}
          />
          <ModelInput
            label={t`Model for memories`}
            description={t`Compares memories by what they mean, e.g. openai/text-embedding-3-small. Empty: by their words alone.`}
            error={errors['embedding_model']}
            value={embedding}
            onChange={setEmbedding}
          />
          <Group justify="flex-end">
            <Button type="submit" loading={save.isPending} disabled={Object.keys(changed).length === 0}>
              <Trans>Save</Trans>
            </Button>
          </Group>
        </Stack>
      </Paper>
    </section>
  );
}
