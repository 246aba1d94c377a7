import { Text } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { Failure } from '#web/ui/failure.tsx';
import { AuthLayout } from './auth-layout.tsx';
import { doorClient } from './door-client.ts';
import { DoorSkeleton } from './door-skeleton.tsx';
import { NewAccountForm } from './new-account-form.tsx';
import { SetupNeeded } from './setup-needed.tsx';
import { SignInLink } from './sign-in-link.tsx';
import { readSignInOptions } from './sign-in-options.ts';

/** Makes an account for whoever asks, where the installation is open to all. */
export function SignUpPage() {
  const { t } = useLingui();
  const { data, error, refetch } = useQuery(
    { queryKey: ['sign-up'], queryFn: async ({ signal }) => await readSignInOptions(signal) },
    doorClient,
  );
  if (data?.setup_needed) return <SetupNeeded />;
  if (data && data.registration !== 'open') {
    return (
      <AuthLayout title={t`Accounts are made by invitation`} footer={<SignInLink />}>
        <Text size="sm">
          <Trans>Ask the admin of this installation for an invitation.</Trans>
        </Text>
      </AuthLayout>
    );
  }
  return (
    <AuthLayout title={t`Create an account`} footer={<SignInLink />}>
      {data && <NewAccountForm joining={{ path: '/api/auth/sign-up/email', proof: {} }} />}
      {!data && !error && <DoorSkeleton fields={3} />}
      {error && <Failure error={error} retry={() => void refetch()} />}
    </AuthLayout>
  );
}
