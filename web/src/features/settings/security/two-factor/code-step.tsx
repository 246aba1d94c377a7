import { Button, Group, Stack, TextInput } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { useRef, useState, type SyntheticEvent } from 'react';
import { doorClient } from '#web/features/auth/door-client.ts';
import { Refusal } from '#web/features/auth/refusal.tsx';
import { useSecondsLeft } from '#web/features/auth/use-seconds-left.ts';
import { AppSecretView } from './app-secret.tsx';
import { confirmTwoFactor, type AppSecret } from './two-factor-api.ts';
import { useSingleMutation } from '../../use-single-mutation.ts';

interface CodeStepProps {
  secret: AppSecret;
  onDone: () => void;
  onClose: () => void;
}

/** Shows the secret and asks for the first code made of it: only then is it sure that the app has it. */
export function CodeStep({ secret, onDone, onClose }: CodeStepProps) {
  const { t } = useLingui();
  const field = useRef<HTMLInputElement>(null);
  const [code, setCode] = useState('');
  const [isChecked, setChecked] = useState(false);
  // A wrong code is a 401: of the door, not of the session.
  const confirm = useSingleMutation(
    { mutationFn: confirmTwoFactor, onSuccess: onDone, onError: () => field.current?.select() },
    doorClient,
  );
  const secondsLeft = useSecondsLeft(confirm.error, confirm.submittedAt);

  function submit(event: SyntheticEvent): void {
    event.preventDefault();
    setChecked(true);
    if (!confirm.isPending && secondsLeft === 0 && code.trim() !== '') confirm.mutate(code);
  }

  return (
    <form noValidate onSubmit={submit}>
      <Stack gap="md">
        <AppSecretView secret={secret} />
        <TextInput
          ref={field}
          label={t`The code that the app shows now`}
          description={t`Six digits.`}
          autoComplete="one-time-code"
          inputMode="numeric"
          value={code}
          onChange={({ currentTarget }) => setCode(currentTarget.value)}
          error={isChecked && code.trim() === '' && t`Fill this in.`}
        />
        <Refusal error={confirm.error} secondsLeft={secondsLeft} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            <Trans>Cancel</Trans>
          </Button>
          <Button type="submit" loading={confirm.isPending} disabled={secondsLeft > 0}>
            <Trans>Turn on</Trans>
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
