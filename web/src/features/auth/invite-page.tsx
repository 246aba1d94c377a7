import { Text } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import type { openInvitation } from '#features/auth/joining/contract.ts';
import type { Wire } from '#web/lib/wire.ts';
import { LinkDoor } from './link-door.tsx';
import { useLinkSecret } from './link-secret.ts';
import { NewAccountForm } from './new-account-form.tsx';
import { SignInLink } from './sign-in-link.tsx';
import { canUsePasskeys } from './sign-in-options.ts';
import { useLinkCheck } from './use-link-check.ts';

type OpenInvitation = Wire<typeof openInvitation>;

/** Makes the account that an admin has invited somebody to. */
export function InvitePage() {
  const { t } = useLingui();
  const code = useLinkSecret();
  const check = useLinkCheck<OpenInvitation>(
    '/api/invitations/check',
    code === undefined ? undefined : { code },
  );
  return (
    <LinkDoor
      check={check}
      title={t`Join Famulus`}
      lead={check.open && <Invited {...check.open.found} />}
      fields={3}
      footer={<SignInLink />}
      trouble={(trouble) => ({
        title: trouble === 'missing' ? t`This link is not complete` : t`This invitation is no longer valid`,
        text: (
          <Text size="sm">
            {trouble === 'missing' && (
              <Trans>Open it as it was given to you, with all that follows the #.</Trans>
            )}
            {trouble === 'closed' && <Trans>No accounts are made here at present. Ask the admin.</Trans>}
            {(trouble === 'unknown' || trouble === 'used') && (
              <Trans>It was used, revoked, or is over. Ask the admin for another one.</Trans>
            )}
          </Text>
        ),
      })}
    >
      {({ found, options }) => (
        <NewAccountForm
          joining={{
            path: '/api/invitations/accept',
            passkeyPath: canUsePasskeys(options) ? '/api/invitations/passkey-options' : undefined,
            proof: { code: code! },
          }}
          email={found.email ?? undefined}
        />
      )}
    </LinkDoor>
  );
}

function Invited({ email, role }: OpenInvitation) {
  if (email === null) {
    return role === 'admin' ? (
      <Trans>You are invited as an admin.</Trans>
    ) : (
      <Trans>You are invited to an account here.</Trans>
    );
  }
  return role === 'admin' ? (
    <Trans>{email} is invited as an admin.</Trans>
  ) : (
    <Trans>{email} is invited to an account here.</Trans>
  );
}
