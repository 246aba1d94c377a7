import { useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { Failure } from '#web/ui/failure.tsx';
import { ListSkeleton } from '#web/ui/list-skeleton.tsx';
import { SectionBody } from '../section-body.tsx';
import { PasskeysCard } from './passkeys/passkeys-card.tsx';
import { PasswordCard } from './password-card.tsx';
import { signInMethodsQuery } from './sign-in-methods.ts';
import { TwoFactorCard } from './two-factor/two-factor-card.tsx';

/** How its user signs in. */
export function SecuritySection() {
  const { t } = useLingui();
  const { data, error, refetch } = useQuery(signInMethodsQuery);
  return (
    <SectionBody title={t`Security`}>
      {data && (
        <>
          <PasswordCard hasPassword={data.password} />
          <TwoFactorCard methods={data} />
          <PasskeysCard />
        </>
      )}
      {!data && !error && <ListSkeleton rows={3} height={180} />}
      {!data && error && <Failure error={error} retry={() => void refetch()} />}
    </SectionBody>
  );
}
