import { Anchor, Text } from '@mantine/core';
import { Trans } from '@lingui/react/macro';

/**
 * Browsers make no passkey for an address that is a number. On the machine itself there is a name for the same place:
 * the link leads there with its secret.
 */
export function NamedAddress({ secret }: { secret: string }) {
  if (location.hostname !== '127.0.0.1' || typeof PublicKeyCredential !== 'function') return null;
  const url = new URL(location.href);
  url.hostname = 'localhost';
  url.hash = `token=${secret}`;
  return (
    <Text size="sm" ta="center" mt="md">
      <Trans>
        Rather a passkey than a password?{' '}
        <Anchor href={url.href} underline="always">
          Open this page at localhost
        </Anchor>
      </Trans>
    </Text>
  );
}
