import { Anchor, Text } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { Link } from '@tanstack/react-router';
import { Command } from './command.tsx';
import { LinkDoor } from './link-door.tsx';
import { useLinkSecret } from './link-secret.ts';
import { NamedAddress } from './named-address.tsx';
import { NewAccountForm } from './new-account-form.tsx';
import { canUsePasskeys } from './sign-in-options.ts';
import { useLinkCheck, type LinkTrouble } from './use-link-check.ts';

/** Makes the first admin, with the link that `./manage start` has printed. */
export function SetupPage() {
  const { t } = useLingui();
  const setup_token = useLinkSecret();
  const check = useLinkCheck('/api/setup/check', setup_token === undefined ? undefined : { setup_token });
  const titles: Record<LinkTrouble, string> = {
    missing: t`This link is not complete`,
    unknown: t`This link is no longer valid`,
    used: t`Famulus is set up already`,
    closed: t`This link is no longer valid`,
  };
  return (
    <LinkDoor
      check={check}
      title={t`Welcome to Famulus`}
      lead={<Trans>You will be the admin of this installation.</Trans>}
      fields={3}
      trouble={(trouble) => ({
        title: titles[trouble],
        text: trouble === 'used' ? <UsedLink /> : <NewLink />,
      })}
    >
      {({ options }) => (
        <>
          <NewAccountForm
            joining={{
              path: '/api/setup',
              passkeyPath: canUsePasskeys(options) ? '/api/setup/passkey-options' : undefined,
              proof: { setup_token: setup_token! },
            }}
          />
          <NamedAddress secret={setup_token!} />
        </>
      )}
    </LinkDoor>
  );
}

function UsedLink() {
  return (
    <Text size="sm">
      <Trans>
        The link has been used: there is an account. If it is yours,{' '}
        <Anchor component={Link} to="/sign-in" underline="always">
          sign in
        </Anchor>
        . If not, ask the admin to invite you.
      </Trans>
    </Text>
  );
}

function NewLink() {
  return (
    <>
      <Text size="sm">
        <Trans>On the machine where Famulus runs, start it again. It prints a new link; open that one.</Trans>
      </Text>
      <Command>./manage start</Command>
    </>
  );
}
