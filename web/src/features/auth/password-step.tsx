import { Button, Stack, TextInput } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { useMutation } from '@tanstack/react-query';
import KeyRound from 'lucide-react/icons/key-round';
import { useState, type SyntheticEvent } from 'react';
import { doorClient } from './door-client.ts';
import { PasswordField } from './password-field.tsx';
import { Refusal } from './refusal.tsx';
import { signInByAskedPasskey, signInByPassword } from './sign-in.ts';
import { useFirstFocus } from './use-first-focus.ts';
import { useOfferedPasskey } from './use-offered-passkey.ts';
import { useSecondsLeft } from './use-seconds-left.ts';

interface PasswordStepProps {
  withPasskeys: boolean;
  onSignedIn: (userId: string) => void;
  onSecondFactor: () => void;
}

/** Who somebody is: by e-mail and password, or by a passkey. */
export function PasswordStep({ withPasskeys, onSignedIn, onSecondFactor }: PasswordStepProps) {
  const { t } = useLingui();
  const first = useFirstFocus();
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [isChecked, setChecked] = useState(false);

  const signIn = useMutation(
    {
      mutationFn: async () => await signInByPassword({ email, password }),
      onSuccess: (userId) => (userId === undefined ? onSecondFactor() : onSignedIn(userId)),
    },
    doorClient,
  );
  const passkey = useMutation({ mutationFn: signInByAskedPasskey, onSuccess: onSignedIn }, doorClient);
  const isBusy = signIn.isPending || passkey.isPending;
  useOfferedPasskey(withPasskeys && !isBusy && !signIn.isSuccess && !passkey.isSuccess, onSignedIn);

  const last = signIn.submittedAt > passkey.submittedAt ? signIn : passkey;
  const passwordWait = useSecondsLeft(signIn.error, signIn.submittedAt);
  const passkeyWait = useSecondsLeft(passkey.error, passkey.submittedAt);

  function submit(event: SyntheticEvent): void {
    event.preventDefault();
    setChecked(true);
    if (!signIn.isPending && passwordWait === 0 && email !== '' && password !== '') signIn.mutate();
  }
  const missing = (value: string) => isChecked && value === '' && t`Fill this in.`;

  return (
    <form noValidate onSubmit={submit}>
      <Stack gap="md">
        <TextInput
          label={t`E-mail`}
          type="email"
          name="email"
          autoComplete={withPasskeys ? 'username webauthn' : 'username'}
          required
          withAsterisk={false}
          ref={first}
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
          error={missing(email)}
        />
        <PasswordField
          label={t`Password`}
          name="password"
          autoComplete="current-password"
          required
          withAsterisk={false}
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
          error={missing(password)}
        />
        <Refusal error={last.error} secondsLeft={last === signIn ? passwordWait : passkeyWait} />
        <Button type="submit" fullWidth loading={signIn.isPending} disabled={passwordWait > 0}>
          <Trans>Sign in</Trans>
        </Button>
        {withPasskeys && (
          <Button
            fullWidth
            variant="default"
            leftSection={<KeyRound size={16} aria-hidden />}
            loading={passkey.isPending}
            disabled={passkeyWait > 0}
            onClick={() => passkey.mutate()}
          >
            <Trans>Sign in with a passkey</Trans>
          </Button>
        )}
      </Stack>
    </form>
  );
}
