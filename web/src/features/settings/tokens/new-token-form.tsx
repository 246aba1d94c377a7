import { Button, Group, NativeSelect, Stack, TextInput } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { useState, type SyntheticEvent } from 'react';
import { useFieldErrors } from '#web/features/auth/use-field-errors.ts';
import { toastFailure } from '#web/ui/toast.tsx';
import { ScopeFields } from './scope-fields.tsx';
import { makeToken, type MadeToken } from './tokens-api.ts';
import { useSingleMutation } from '../use-single-mutation.ts';

const DAY_MS = 86_400_000;

interface NewTokenFormProps {
  scopes: readonly string[];
  onMade: (made: MadeToken) => void;
  onClose: () => void;
}

export function NewTokenForm({ scopes, onMade, onClose }: NewTokenFormProps) {
  const { t } = useLingui();
  const problems = useFieldErrors();
  const [name, setName] = useState('');
  const [days, setDays] = useState('90');
  const [chosen, setChosen] = useState<string[]>([]);
  const [errors, setErrors] = useState<Record<string, string>>({});
  const make = useSingleMutation({
    mutationFn: async () =>
      await makeToken({
        name: name.trim(),
        scopes: chosen,
        expires_at: days === '' ? null : new Date(Date.now() + Number(days) * DAY_MS).toISOString(),
      }),
    // The token is in its answer.
    gcTime: 0,
    onSuccess: onMade,
    onError: (error) => {
      const found = problems(error);
      setErrors(found);
      if (Object.keys(found).length === 0) toastFailure(error);
    },
  });
  const scopesError = Object.entries(errors).find(([path]) => path.split('.')[0] === 'scopes')?.[1];

  function submit(event: SyntheticEvent): void {
    event.preventDefault();
    if (make.isPending) return;
    const found = {
      ...(name.trim() === '' && { name: t`Fill this in.` }),
      ...(chosen.length === 0 && { scopes: t`Choose what it may do.` }),
    };
    setErrors(found);
    if (Object.keys(found).length === 0) make.mutate();
  }

  return (
    <form noValidate onSubmit={submit}>
      <Stack gap="md">
        <TextInput
          label={t`Name`}
          description={t`What it is for, so that you know it later.`}
          data-autofocus
          maxLength={200}
          autoComplete="off"
          value={name}
          error={errors['name']}
          onChange={({ currentTarget }) => {
            setName(currentTarget.value);
            setErrors({});
          }}
        />
        <NativeSelect
          label={t`Works for`}
          data={[
            { value: '30', label: t`30 days` },
            { value: '90', label: t`90 days` },
            { value: '365', label: t`a year` },
            { value: '', label: t`as long as you don’t revoke it` },
          ]}
          value={days}
          error={errors['expires_at']}
          onChange={({ currentTarget }) => setDays(currentTarget.value)}
        />
        <ScopeFields
          scopes={scopes}
          value={chosen}
          error={scopesError}
          onChange={(value) => {
            setChosen(value);
            setErrors({});
          }}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            <Trans>Cancel</Trans>
          </Button>
          <Button type="submit" loading={make.isPending}>
            <Trans>Make the token</Trans>
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
