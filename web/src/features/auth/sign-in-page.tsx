import { Alert, Anchor } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { Link, useSearch } from '@tanstack/react-router';
import { useEffect, useEffectEvent, useState } from 'react';
import { Failure } from '#web/ui/failure.tsx';
import { AuthLayout } from './auth-layout.tsx';
import { doorClient } from './door-client.ts';
import { DoorSkeleton } from './door-skeleton.tsx';
import { wasThrownOut } from './known-browser.ts';
import { PasswordStep } from './password-step.tsx';
import { SecondFactorStep } from './second-factor-step.tsx';
import { SetupNeeded } from './setup-needed.tsx';
import { canUsePasskeys, readSignInOptions } from './sign-in-options.ts';
import { signedInUser } from './sign-in.ts';
import { useEnter } from './use-enter.ts';

/** How soon somebody who waits here sees that an admin is there. */
const SETUP_POLL_MS = 5_000;

async function readDoor(signal: AbortSignal) {
  const options = await readSignInOptions(signal);
  return { options, userId: options.setup_needed ? undefined : await signedInUser(signal) };
}

export function SignInPage() {
  const { t } = useLingui();
  const { next } = useSearch({ from: '/sign-in' });
  const enter = useEnter();
  const [step, setStep] = useState<'password' | 'code'>('password');
  const [hasEnded] = useState(wasThrownOut);
  const { data, error, refetch } = useQuery(
    {
      queryKey: ['sign-in'],
      queryFn: async ({ signal }) => await readDoor(signal),
      refetchInterval: ({ state }) => (state.data?.options.setup_needed ? SETUP_POLL_MS : false),
    },
    doorClient,
  );
  const userId = data?.userId;
  const goOn = useEffectEvent((id: string) => enter(id, next));
  useEffect(() => {
    if (userId !== undefined) goOn(userId);
  }, [userId]);

  if (data?.options.setup_needed) return <SetupNeeded />;
  if (step === 'code') {
    return (
      <AuthLayout title={t`One more step`} lead={<Trans>Your account asks for a second factor.</Trans>}>
        <SecondFactorStep onSignedIn={(id) => enter(id, next)} onBack={() => setStep('password')} />
      </AuthLayout>
    );
  }
  return (
    <AuthLayout title={t`Sign in`} footer={data?.options.registration === 'open' && <SignUpLink />}>
      {hasEnded && userId === undefined && (
        <Alert variant="light" color="gray" role="status" py="xs" c="var(--mantine-color-text)">
          <Trans>Your session has ended. Sign in to go on where you were.</Trans>
        </Alert>
      )}
      {data && userId === undefined && (
        <PasswordStep
          withPasskeys={canUsePasskeys(data.options)}
          onSignedIn={(id) => enter(id, next)}
          onSecondFactor={() => setStep('code')}
        />
      )}
      {(!data || userId !== undefined) && !error && <DoorSkeleton />}
      {!data && error && <Failure error={error} retry={() => void refetch()} />}
    </AuthLayout>
  );
}

function SignUpLink() {
  return (
    <Trans>
      New here?{' '}
      <Anchor component={Link} to="/sign-up" underline="always">
        Create an account
      </Anchor>
    </Trans>
  );
}
