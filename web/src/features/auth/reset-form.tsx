import { Button, Stack, TextInput } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { useMutation } from '@tanstack/react-query';
import { useState, type SyntheticEvent } from 'react';
import { api } from '#web/lib/api.ts';
import { doorClient } from './door-client.ts';
import { PasswordField } from './password-field.tsx';
import { Refusal } from './refusal.tsx';
import { useFieldErrors } from './use-field-errors.ts';
import { useFirstFocus } from './use-first-focus.ts';
import { useSecondsLeft } from './use-seconds-left.ts';

interface ResetFormProps {
  token: string;
  /** Of the account, for password managers. */
  email: string | null;
  onReset: (password: string) => void;
}

export function ResetForm({ token, email, onReset }: ResetFormProps) {
  const { t } = useLingui();
  const problems = useFieldErrors();
  const first = useFirstFocus();
  const [password, setPassword] = useState('');
  const [isChecked, setChecked] = useState(false);
  const reset = useMutation(
    {
      mutationFn: async () => await api.post('/api/auth/reset-password', { token, newPassword: password }),
      onSuccess: () => onReset(password),
      onError: () => first.current?.focus(),
    },
    doorClient,
  );
  const secondsLeft = useSecondsLeft(reset.error, reset.submittedAt);

  function submit(event: SyntheticEvent): void {
    event.preventDefault();
    setChecked(true);
    if (!reset.isPending && secondsLeft === 0 && password !== '') reset.mutate();
  }
  const problem = isChecked && password === '' ? t`Fill this in.` : problems(reset.error)['newPassword'];

  return (
    <form noValidate onSubmit={submit}>
      <Stack gap="md">
        {email !== null && <TextInput label={t`E-mail`} autoComplete="username" readOnly value={email} />}
        <PasswordField
          label={t`New password`}
          description={t`At least 8 characters; a few odd words do well.`}
          autoComplete="new-password"
          required
          withAsterisk={false}
          ref={first}
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
          error={problem}
        />
        <Refusal error={reset.error} secondsLeft={secondsLeft} />
        <Button type="submit" fullWidth loading={reset.isPending} disabled={secondsLeft > 0}>
          <Trans>Set the password</Trans>
        </Button>
      </Stack>
    </form>
  );
}
