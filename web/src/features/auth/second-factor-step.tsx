import { Button, Checkbox, Group, Stack, TextInput } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { useMutation } from '@tanstack/react-query';
import { useState, type SyntheticEvent } from 'react';
import { doorClient } from './door-client.ts';
import { Refusal } from './refusal.tsx';
import { giveSecondFactor, type SecondFactor } from './sign-in.ts';
import { useFirstFocus } from './use-first-focus.ts';
import { useSecondsLeft } from './use-seconds-left.ts';

interface SecondFactorStepProps {
  onSignedIn: (userId: string) => void;
  onBack: () => void;
}

/** That it is really them: a code of their authenticator app, or one of their recovery codes. */
export function SecondFactorStep({ onSignedIn, onBack }: SecondFactorStepProps) {
  const { t } = useLingui();
  const first = useFirstFocus();
  const [kind, setKind] = useState<SecondFactor>('totp');
  const [code, setCode] = useState('');
  const [trustDevice, setTrustDevice] = useState(false);
  const [isChecked, setChecked] = useState(false);
  const give = useMutation(
    {
      mutationFn: async () => await giveSecondFactor(kind, { code, trustDevice }),
      onSuccess: onSignedIn,
      onError: () => first.current?.select(),
    },
    doorClient,
  );
  const secondsLeft = useSecondsLeft(give.error, give.submittedAt);

  function submit(event: SyntheticEvent): void {
    event.preventDefault();
    setChecked(true);
    if (!give.isPending && secondsLeft === 0 && code.trim() !== '') give.mutate();
  }

  function swap(): void {
    setKind(kind === 'totp' ? 'recovery_code' : 'totp');
    setCode('');
    setChecked(false);
    give.reset();
    first.current?.focus();
  }

  return (
    <form noValidate onSubmit={submit}>
      <Stack gap="md">
        <TextInput
          label={kind === 'totp' ? t`Code of your authenticator app` : t`Recovery code`}
          description={kind === 'totp' ? t`Six digits.` : t`Each of them works once.`}
          autoComplete={kind === 'totp' ? 'one-time-code' : 'off'}
          inputMode={kind === 'totp' ? 'numeric' : 'text'}
          autoCapitalize="none"
          spellCheck={false}
          required
          withAsterisk={false}
          ref={first}
          value={code}
          onChange={(event) => setCode(event.currentTarget.value)}
          error={isChecked && code.trim() === '' && t`Fill this in.`}
        />
        <Checkbox
          label={t`Ask for no code in this browser for 30 days`}
          checked={trustDevice}
          onChange={(event) => setTrustDevice(event.currentTarget.checked)}
        />
        <Refusal error={give.error} secondsLeft={secondsLeft} />
        <Button type="submit" fullWidth loading={give.isPending} disabled={secondsLeft > 0}>
          <Trans>Sign in</Trans>
        </Button>
        <Group justify="space-between" gap="xs">
          <Button size="compact-sm" variant="subtle" onClick={onBack}>
            <Trans>Start over</Trans>
          </Button>
          <Button size="compact-sm" variant="subtle" onClick={swap}>
            {kind === 'totp' ? <Trans>Use a recovery code</Trans> : <Trans>Use the app</Trans>}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
