import { Button, Group, SimpleGrid, TextInput } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { useState, type SyntheticEvent } from 'react';
import { useFieldErrors } from '#web/features/auth/use-field-errors.ts';
import { saveMe } from '#web/features/users/change-me.tsx';
import { useMe } from '#web/features/users/me.ts';
import { toastFailure } from '#web/ui/toast.tsx';
import { SettingsCard } from '../settings-card.tsx';
import { nameChange, namesOf, type Names } from './name-change.ts';
import { useSingleMutation } from '../use-single-mutation.ts';

/** What Famulus calls its user, and their e-mail address. */
export function NamesCard() {
  const { t } = useLingui();
  const me = useMe();
  const problems = useFieldErrors();
  // Only what was typed: the rest goes on following the account.
  const [typed, setTyped] = useState<Partial<Names>>({});
  const [errors, setErrors] = useState<Record<string, string>>({});
  const names = { ...namesOf(me), ...typed };
  const change = nameChange(me, names);
  const save = useSingleMutation({
    mutationFn: saveMe,
    onSuccess: () => setTyped({}),
    onError: (error) => {
      const found = problems(error);
      setErrors(found);
      if (Object.keys(found).length === 0) toastFailure(error);
    },
  });

  function submit(event: SyntheticEvent): void {
    event.preventDefault();
    if (save.isPending || !change) return;
    if (names.name.trim() === '') setErrors({ name: t`Fill this in.` });
    else save.mutate(change);
  }

  const field = (name: keyof Names) => ({
    value: names[name],
    maxLength: 200,
    error: errors[name],
    onChange: ({ currentTarget }: { currentTarget: HTMLInputElement }) => {
      setTyped({ ...typed, [name]: currentTarget.value });
      setErrors({});
    },
  });
  return (
    <SettingsCard title={t`Your name`}>
      <form noValidate onSubmit={submit}>
        <TextInput
          label={t`What Famulus calls you`}
          autoComplete="nickname"
          required
          withAsterisk={false}
          {...field('name')}
        />
        <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="md" mt="md">
          <TextInput label={t`First name`} autoComplete="given-name" {...field('first_name')} />
          <TextInput label={t`Last name`} autoComplete="family-name" {...field('last_name')} />
        </SimpleGrid>
        {me.email !== null && (
          <TextInput
            mt="md"
            label={t`E-mail`}
            description={t`What you sign in with. An admin can change it.`}
            value={me.email}
            readOnly
            variant="filled"
          />
        )}
        <Group justify="flex-end" mt="md">
          <Button type="submit" disabled={!change} loading={save.isPending}>
            <Trans>Save</Trans>
          </Button>
        </Group>
      </form>
    </SettingsCard>
  );
}
