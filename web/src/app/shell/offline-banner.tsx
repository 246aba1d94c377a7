import { Alert, Button, Group } from '@mantine/core';
import { Trans } from '@lingui/react/macro';
import WifiOff from 'lucide-react/icons/wifi-off';
import { retryLive, useConnectionState } from '#web/lib/live/index.ts';
import { useSteady } from '#web/lib/use-steady.ts';

/** A short gap, e.g. a restart of the server, is no news. */
const GRACE_MS = 1_500;

export function OfflineBanner() {
  const isOffline = useSteady(useConnectionState() === 'offline', GRACE_MS);
  if (!isOffline) return null;
  return (
    <Alert color="yellow" mb="md" role="status" icon={<WifiOff size={18} aria-hidden />} py="xs">
      <Group justify="space-between">
        <Trans>No connection to Famulus. What you see may be old; it goes on by itself.</Trans>
        <Button size="compact-sm" variant="light" color="yellow" onClick={retryLive} c="inherit">
          <Trans>Try now</Trans>
        </Button>
      </Group>
    </Alert>
  );
}
