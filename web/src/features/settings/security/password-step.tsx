import { Button, Group, Stack, Text } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { useState, type ReactNode, type SyntheticEvent } from 'react';
import { PasswordField } from '#web/features/auth/password-field.tsx';
import { Refusal } from '#web/features/auth/refusal.tsx';
import { useFieldErrors } from '#web/features/auth/use-field-errors.ts';
import { useSecondsLeft } from '#web/features/auth/use-seconds-left.ts';
import { AccountName } from './account-name.tsx';
import { useSingleMutation } from '../use-single-mutation.ts';

interface PasswordStepProps<T> {
  children: ReactNode;
  /** What the button says, as a verb. */
  action: string;
  color?: string;
  ask: (password: string) => Promise<T>;
  onDone: (answer: T) => void;
  onClose: () => void;
}

/** Asks for the password again before something that matters. */
export function PasswordStep<T>({ children, action, color, ask, onDone, onClose }: PasswordStepProps<T>) {
  const { t } = useLingui();
  const problems = useFieldErrors();
  const [password, setPassword] = useState('');
  const [isChecked, setChecked] = useState(false);
  const confirm = useSingleMutation({ mutationFn: ask, gcTime: 0, onSuccess: onDone });
  const secondsLeft = useSecondsLeft(confirm.error, confirm.submittedAt);
  const missing = isChecked && password === '' ? t`Fill this in.` : undefined;

  function submit(event: SyntheticEvent): void {
    event.preventDefault();
    setChecked(true);
    if (!confirm.isPending && secondsLeft === 0 && password !== '') confirm.mutate(password);
  }

  return (
    <form noValidate onSubmit={submit}>
      <Stack gap="md">
        <Text size="sm">{children}</Text>
        <AccountName />
        <PasswordField
          label={t`Your password`}
          autoComplete="current-password"
          data-autofocus
          value={password}
          onChange={({ currentTarget }) => {
            setPassword(currentTarget.value);
            if (!confirm.isPending && secondsLeft === 0) confirm.reset();
          }}
          error={missing ?? problems(confirm.error)['password']}
        />
        <Refusal error={confirm.error} secondsLeft={secondsLeft} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            <Trans>Cancel</Trans>
          </Button>
          <Button
            type="submit"
            loading={confirm.isPending}
            disabled={secondsLeft > 0}
            {...(color !== undefined && { color })}
          >
            {action}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
