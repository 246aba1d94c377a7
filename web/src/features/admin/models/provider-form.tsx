import { Button, Group, PasswordInput, Stack, TextInput } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { useMutation } from '@tanstack/react-query';
import { useState, type SyntheticEvent } from 'react';
import { fieldErrors } from '#web/lib/problem.ts';
import { toast, toastFailure } from '#web/ui/toast.tsx';
import { saveSettings, type ProviderName, type ShownProvider } from './models-api.ts';

interface ProviderFormProps {
  name: ProviderName;
  title: string;
  provider: ShownProvider;
}

/** Of one's own servers. */
const examples: Partial<Record<ProviderName, string>> = {
  ollama: 'http://127.0.0.1:11434',
  compatible: 'http://127.0.0.1:8080/v1',
};

/** Its key, which is never shown again, and its address. */
export function ProviderForm({ name, title, provider }: ProviderFormProps) {
  const { t } = useLingui();
  const before = provider.base_url ?? '';
  const [key, setKey] = useState('');
  const [url, setUrl] = useState(before);
  const [errors, setErrors] = useState<Record<string, string>>({});
  const isOwnServer = examples[name] !== undefined;
  const save = useMutation({
    mutationFn: async (what: 'set' | 'remove') => {
      const change = {
        ...(key.trim() !== '' && { api_key: key.trim() }),
        ...(url.trim() !== before && { base_url: url.trim() || null }),
      };
      await saveSettings({ providers: { [name]: what === 'remove' ? null : change } });
    },
    onSuccess: (_, what) => {
      setErrors({});
      setKey('');
      toast(what === 'remove' ? <Trans>Removed: {title}</Trans> : <Trans>Saved: {title}</Trans>);
    },
    onError: (error) => {
      const found = fieldErrors(error);
      if (found && Object.keys(found).some((path) => path.startsWith('providers.'))) setErrors(found);
      else toastFailure(error);
    },
  });

  function submit(event: SyntheticEvent): void {
    event.preventDefault();
    if (!save.isPending) save.mutate('set');
  }

  const placeholder = provider.api_key_set
    ? provider.source === 'environment'
      ? t`Set by the environment`
      : t`Set; type another to replace it`
    : isOwnServer
      ? t`Not needed by most`
      : t`None yet`;

  return (
    <form onSubmit={submit} autoComplete="off">
      <Stack gap="sm">
        <PasswordInput
          label={t`Key of ${title}`}
          placeholder={placeholder}
          description={t`Kept encrypted and never shown again.`}
          autoComplete="new-password"
          maxLength={1_000}
          error={errors[`providers.${name}.api_key`]}
          visibilityToggleButtonProps={{ 'aria-label': t`Show what is typed` }}
          value={key}
          onChange={({ currentTarget }) => setKey(currentTarget.value)}
        />
        <TextInput
          label={t`Address of ${title}`}
          placeholder={examples[name] ?? t`Its own`}
          inputMode="url"
          spellCheck={false}
          autoCapitalize="none"
          maxLength={2_000}
          error={errors[`providers.${name}.base_url`]}
          value={url}
          onChange={({ currentTarget }) => setUrl(currentTarget.value)}
        />
        <Group justify="flex-end">
          {provider.source === 'settings' && (
            <Button
              variant="subtle"
              color="red"
              aria-label={t`Remove what is set for ${title}`}
              loading={save.isPending && save.variables === 'remove'}
              onClick={() => save.mutate('remove')}
            >
              <Trans>Remove</Trans>
            </Button>
          )}
          <Button
            type="submit"
            variant="light"
            aria-label={t`Save ${title}`}
            loading={save.isPending && save.variables === 'set'}
            disabled={key.trim() === '' && url.trim() === before}
          >
            <Trans>Save</Trans>
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
