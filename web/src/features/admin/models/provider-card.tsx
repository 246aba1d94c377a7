import { Group, Paper, Stack, Text, Title } from '@mantine/core';
import { Trans } from '@lingui/react/macro';
import { useId } from 'react';
import { HealthBadge } from '#web/features/models/health-badge.tsx';
import type { Health, ModelList } from '#web/features/models/models-query.ts';
import { RelativeTime } from '#web/ui/time/relative-time.tsx';
import type { ProviderName, ShownProvider } from './models-api.ts';
import { ProviderForm } from './provider-form.tsx';
import { ProviderTest } from './provider-test.tsx';

interface ProviderCardProps {
  name: ProviderName;
  provider: ShownProvider;
  /** As it is now; undefined when it is not set up. */
  found: ModelList['providers'][number] | undefined;
  /** Ids of what it has. */
  models: string[];
  defaultModel: string | undefined;
}

const titles: Record<ProviderName, string> = {
  openai: 'OpenAI',
  anthropic: 'Anthropic',
  google: 'Google Gemini',
  ollama: 'Ollama',
  compatible: 'OpenAI-compatible',
};

function troubled({ health: { state } }: { health: Health }): Pick<Health, 'state'> {
  return { state: state === 'ok' ? 'failing' : state };
}

/** One provider: how it is reached, how it is, and a way to try it. */
export function ProviderCard({ name, provider, found, models, defaultModel }: ProviderCardProps) {
  const id = useId();
  const title = titles[name];
  // What can't be asked for its models won't answer either.
  const health =
    found && (found.list_error === null ? found.health : { ...found.health, ...troubled(found) });
  const tried = defaultModel?.startsWith(`${name}/`)
    ? defaultModel
    : models.find((each) => !each.endsWith('*'));
  return (
    <Paper component="section" withBorder p="md" aria-labelledby={id}>
      <Stack gap="sm">
        <Group justify="space-between">
          <Title order={3} size="h5" id={id}>
            {title}
          </Title>
          <HealthBadge health={health} />
        </Group>
        {health && health.error !== null && (
          <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
            {health.error}
            {health.since !== null && (
              <Text span size="sm" c="dimmed">
                {' '}
                <Trans>
                  (since <RelativeTime instant={health.since} />)
                </Trans>
              </Text>
            )}
          </Text>
        )}
        {found && found.list_error !== null && (
          <Text size="sm" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
            <Trans>Its models could not be asked for: {found.list_error}</Trans>
          </Text>
        )}
        <ProviderForm
          key={`${provider.source} ${provider.base_url} ${provider.api_key_set}`}
          name={name}
          title={title}
          provider={provider}
        />
        {found && <ProviderTest title={title} suggested={tried ?? `${name}/`} />}
      </Stack>
    </Paper>
  );
}
