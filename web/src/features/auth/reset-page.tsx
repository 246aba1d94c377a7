import { Anchor, Text } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { openReset } from '#features/auth/joining/contract.ts';
import type { Wire } from '#web/lib/wire.ts';
import { AuthLayout } from './auth-layout.tsx';
import { LinkDoor } from './link-door.tsx';
import { useLinkSecret } from './link-secret.ts';
import { ResetForm } from './reset-form.tsx';
import { SecondFactorStep } from './second-factor-step.tsx';
import { SignInLink } from './sign-in-link.tsx';
import { signInByPassword } from './sign-in.ts';
import { useEnter } from './use-enter.ts';
import { useLinkCheck } from './use-link-check.ts';

/** Sets a password anew with the link an admin has made, and signs in with it. */
export function ResetPage() {
  const { t } = useLingui();
  const enter = useEnter();
  const token = useLinkSecret();
  const [step, setStep] = useState<'password' | 'code' | 'done'>('password');
  const check = useLinkCheck<Wire<typeof openReset>>(
    '/api/auth/reset-password/check',
    token === undefined ? undefined : { token },
  );

  async function goOn(email: string | null, password: string): Promise<void> {
    if (email === null) {
      setStep('done');
      return;
    }
    try {
      const userId = await signInByPassword({ email, password });
      if (userId === undefined) setStep('code');
      else enter(userId);
    } catch {
      // The password is set all the same.
      setStep('done');
    }
  }

  if (step === 'code') {
    return (
      <AuthLayout
        title={t`One more step`}
        lead={<Trans>Your password is set. Your account asks for a second factor.</Trans>}
      >
        <SecondFactorStep onSignedIn={(id) => enter(id)} onBack={() => setStep('done')} />
      </AuthLayout>
    );
  }
  if (step === 'done') {
    return (
      <AuthLayout title={t`Your password is set`}>
        <Text size="sm" role="status">
          <Trans>
            This link is used up. You can{' '}
            <Anchor component={Link} to="/sign-in" underline="always">
              sign in
            </Anchor>{' '}
            with the new password.
          </Trans>
        </Text>
      </AuthLayout>
    );
  }
  return (
    <LinkDoor
      check={check}
      title={t`Choose a new password`}
      lead={<Trans>All your sessions end with it.</Trans>}
      fields={2}
      footer={<SignInLink />}
      trouble={(trouble) => ({
        title: trouble === 'missing' ? t`This link is not complete` : t`This link is no longer valid`,
        text: (
          <Text size="sm">
            {trouble === 'missing' ? (
              <Trans>Open it as it was given to you, with all that follows the #.</Trans>
            ) : (
              <Trans>It was used, replaced by a later one, or is over. Ask the admin for another one.</Trans>
            )}
          </Text>
        ),
      })}
    >
      {({ found }) => (
        <ResetForm
          token={token!}
          email={found.email}
          onReset={(password) => void goOn(found.email, password)}
        />
      )}
    </LinkDoor>
  );
}
