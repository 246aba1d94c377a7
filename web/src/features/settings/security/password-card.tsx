import { Button, Group, Stack } from '@mantine/core';
import { useForm } from '@mantine/form';
import { Trans, useLingui } from '@lingui/react/macro';
import type { SyntheticEvent } from 'react';
import { PasswordField } from '#web/features/auth/password-field.tsx';
import { Refusal } from '#web/features/auth/refusal.tsx';
import { useFieldErrors } from '#web/features/auth/use-field-errors.ts';
import { useSecondsLeft } from '#web/features/auth/use-seconds-left.ts';
import { api } from '#web/lib/api.ts';
import { queryClient } from '#web/lib/query-client.ts';
import { toast } from '#web/ui/toast.tsx';
import { SettingsCard } from '../settings-card.tsx';
import { AccountName } from './account-name.tsx';
import { refreshSignInMethods } from './sign-in-methods.ts';
import { useSingleMutation } from '../use-single-mutation.ts';

/** Another password, or a first one for whoever came with a passkey. */
export function PasswordCard({ hasPassword }: { hasPassword: boolean }) {
  const { t } = useLingui();
  const problems = useFieldErrors();
  const form = useForm({ initialValues: { currentPassword: '', newPassword: '' } });
  const fields = hasPassword ? (['currentPassword', 'newPassword'] as const) : (['newPassword'] as const);
  const save = useSingleMutation({
    mutationFn: async ({ currentPassword, newPassword }: typeof form.values) => {
      if (hasPassword) await api.post('/api/auth/change-password', { currentPassword, newPassword });
      else await api.post('/api/auth/set-password', { newPassword });
    },
    gcTime: 0,
    onSuccess: async () => {
      form.reset();
      toast(
        hasPassword ? (
          <Trans>Your password is changed. Your other sessions were ended.</Trans>
        ) : (
          <Trans>You have a password now.</Trans>
        ),
      );
      void queryClient.invalidateQueries({ queryKey: ['sessions'] });
      await refreshSignInMethods();
    },
    onError: (error) => showErrors(problems(error)),
  });
  const secondsLeft = useSecondsLeft(save.error, save.submittedAt);

  function showErrors(errors: Record<string, string>): void {
    form.setErrors(errors);
    const wrong = fields.find((field) => field in errors);
    if (wrong) form.getInputNode(wrong)?.focus();
  }

  function submit(event: SyntheticEvent): void {
    event.preventDefault();
    if (save.isPending || secondsLeft > 0) return;
    const missing = fields.filter((field) => form.values[field] === '');
    showErrors(Object.fromEntries(missing.map((field) => [field, t`Fill this in.`])));
    if (missing.length === 0) save.mutate(form.values);
  }

  return (
    <SettingsCard
      title={t`Password`}
      lead={
        hasPassword ? (
          <Trans>A new one ends your sessions everywhere else.</Trans>
        ) : (
          <Trans>You sign in with a passkey. A password is a second way in.</Trans>
        )
      }
    >
      <form noValidate onSubmit={submit}>
        <Stack gap="md">
          <AccountName />
          {hasPassword && (
            <PasswordField
              label={t`Current password`}
              autoComplete="current-password"
              {...form.getInputProps('currentPassword')}
            />
          )}
          <PasswordField
            label={t`New password`}
            description={t`At least 8 characters; a few odd words do well.`}
            autoComplete="new-password"
            {...form.getInputProps('newPassword')}
          />
          <Refusal error={save.error} secondsLeft={secondsLeft} />
          <Group justify="flex-end">
            <Button type="submit" loading={save.isPending} disabled={secondsLeft > 0}>
              {hasPassword ? <Trans>Change password</Trans> : <Trans>Set password</Trans>}
            </Button>
          </Group>
        </Stack>
      </form>
    </SettingsCard>
  );
}
