import { Button, Group, Text } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { ModelInput } from '#web/features/models/model-input.tsx';
import { Failure } from '#web/ui/failure.tsx';
import { checkModel, type Checked } from './models-api.ts';

/** Asks one of its models for a tiny answer. */
export function ProviderTest({ title, suggested }: { title: string; suggested: string }) {
  const { t } = useLingui();
  const [typed, setTyped] = useState<string>();
  const model = typed ?? suggested;
  const test = useMutation({ mutationFn: async () => await checkModel(model.trim()) });
  return (
    <div>
      <Group align="flex-end" gap="sm">
        <ModelInput
          label={t`Try a model of ${title}`}
          style={{ flex: '1 1 14rem' }}
          value={model}
          onChange={setTyped}
        />
        <Button
          variant="default"
          aria-label={t`Test ${title}`}
          loading={test.isPending}
          disabled={model.endsWith('/')}
          onClick={() => test.mutate()}
        >
          <Trans>Test</Trans>
        </Button>
      </Group>
      <div aria-live="polite">
        {test.data && <Outcome checked={test.data} />}
        {test.error && <Failure error={test.error} />}
      </div>
    </div>
  );
}

function Outcome({ checked: { ok, latency_ms, model, error } }: { checked: Checked }) {
  const { i18n } = useLingui();
  const seconds = new Intl.NumberFormat(i18n.locale, { maximumFractionDigits: 1 }).format(latency_ms / 1_000);
  return (
    <Text size="sm" mt="xs" style={{ overflowWrap: 'anywhere' }}>
      {ok ? (
        <Trans>
          {model} answered within {seconds} s.
        </Trans>
      ) : (
        <Trans>It did not answer: {error}</Trans>
      )}
    </Text>
  );
}
