import { Button, Group, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { Trans, useLingui } from '@lingui/react/macro';
import type { SyntheticEvent } from 'react';
import { PasswordField } from '#web/features/auth/password-field.tsx';
import { Refusal } from '#web/features/auth/refusal.tsx';
import { useFieldErrors } from '#web/features/auth/use-field-errors.ts';
import { useSecondsLeft } from '#web/features/auth/use-seconds-left.ts';
import { useMe } from '#web/features/users/me.ts';
import { api } from '#web/lib/api.ts';
import { noteSignedOut } from '#web/lib/query-client.ts';
import { storage } from '#web/lib/storage.ts';
import { useSingleMutation } from '../use-single-mutation.ts';

/** The e-mail address and the password: nobody does this by a slip, nor at somebody else's open screen. */
export function DeleteAccountForm({ hasPassword }: { hasPassword: boolean }) {
  const { t } = useLingui();
  const { email, name } = useMe();
  const problems = useFieldErrors();
  const form = useForm({ initialValues: { confirm: '', password: '' } });
  const remove = useSingleMutation({
    mutationFn: async ({ confirm, password }: typeof form.values) =>
      await api.delete('/api/me', { body: { confirm, ...(hasPassword && { password }) } }),
    gcTime: 0,
    onSuccess: () => {
      storage.clear();
      noteSignedOut();
    },
    onError: (error) => showErrors(problems(error)),
  });
  const secondsLeft = useSecondsLeft(remove.error, remove.submittedAt);

  function showErrors(errors: Record<string, string>): void {
    form.setErrors(errors);
    const wrong = (['confirm', 'password'] as const).find((field) => field in errors);
    if (wrong) form.getInputNode(wrong)?.focus();
  }

  function submit(event: SyntheticEvent): void {
    event.preventDefault();
    if (remove.isPending || secondsLeft > 0) return;
    const { confirm, password } = form.values;
    const missing = [
      ...(confirm.trim() === '' ? ['confirm'] : []),
      ...(hasPassword && password === '' ? ['password'] : []),
    ];
    showErrors(Object.fromEntries(missing.map((field) => [field, t`Fill this in.`])));
    if (missing.length === 0) remove.mutate(form.values);
  }

  const word = email ?? name;
  return (
    <form noValidate onSubmit={submit}>
      <Stack gap="md">
        <TextInput
          label={email === null ? t`Type your name` : t`Type your e-mail address`}
          description={t`It is ${word}.`}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          {...form.getInputProps('confirm')}
        />
        {hasPassword && (
          <PasswordField
            label={t`Your password`}
            autoComplete="current-password"
            {...form.getInputProps('password')}
          />
        )}
        <Refusal error={remove.error} secondsLeft={secondsLeft} />
        <Group justify="flex-end">
          <Button type="submit" color="red.9" loading={remove.isPending} disabled={secondsLeft > 0}>
            <Trans>Delete my account for good</Trans>
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
