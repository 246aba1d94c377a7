import { Button, Stack, Text } from '@mantine/core';
import { Trans } from '@lingui/react/macro';
import BellRing from 'lucide-react/icons/bell-ring';
import { updateMe, useMe } from '#web/features/users/me.ts';
import { toastFailure } from '#web/ui/toast.tsx';
import {
  askBrowserPermission,
  useBrowserPermission,
} from '#web/features/notifications/browser-permission.ts';

/** Lets this browser show what arrives; or says why it can't. */
export function BrowserNotificationsStep() {
  const permission = useBrowserPermission();
  const isWanted = useMe().preferences.browser_notifications !== false;
  if (permission === 'unsupported') {
    return (
      <Text size="sm">
        <Trans>
          This browser shows none here: most do so only over https, or on the machine Famulus runs on. Your
          notifications stay on their page.
        </Trans>
      </Text>
    );
  }
  if (permission === 'denied') {
    return (
      <Text size="sm">
        <Trans>
          This browser blocks them. Open the settings of this site, beside its address, and allow
          notifications.
        </Trans>
      </Text>
    );
  }
  if (permission === 'granted' && isWanted) {
    return (
      <Text size="sm">
        <Trans>On: while Famulus is open in a tab, what arrives is shown, wherever you are.</Trans>
      </Text>
    );
  }
  return (
    <Stack gap="xs" align="flex-start">
      <Text size="sm">
        <Trans>
          Reminders are shown also while you look at something else, as long as Famulus is open in a tab.
        </Trans>
      </Text>
      <Button
        size="xs"
        leftSection={<BellRing size={14} aria-hidden />}
        onClick={() => void turnOn().catch(toastFailure)}
      >
        <Trans>Turn on</Trans>
      </Button>
    </Stack>
  );
}

async function turnOn(): Promise<void> {
  if ((await askBrowserPermission()) === 'granted')
    await updateMe({ preferences: { browser_notifications: true } });
}
