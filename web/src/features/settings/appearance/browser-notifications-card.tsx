import { Switch, Text } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import {
  askBrowserPermission,
  useBrowserPermission,
  type BrowserPermission,
} from '#web/features/notifications/browser-permission.ts';
import { saveMe, switchMe } from '#web/features/users/change-me.tsx';
import { useMe } from '#web/features/users/me.ts';
import { toastFailure } from '#web/ui/toast.tsx';
import { SettingsCard } from '../settings-card.tsx';

/** Wanted by the account and allowed by this browser: both are needed. */
export function BrowserNotificationsCard() {
  const { t } = useLingui();
  const permission = useBrowserPermission();
  const { browser_notifications: isWanted = true } = useMe().preferences;
  const isPossible = permission === 'default' || permission === 'granted';
  return (
    <SettingsCard
      title={t`Notifications of the browser`}
      lead={
        <Trans>
          Reminders are shown also while you look at something else, as long as Famulus is open in a tab.
        </Trans>
      }
    >
      <Switch
        label={t`Show them in this browser`}
        disabled={!isPossible}
        checked={isWanted && permission === 'granted'}
        onChange={({ currentTarget }) => {
          if (currentTarget.checked) void turnOn(isWanted).catch(toastFailure);
          else switchMe({ preferences: { browser_notifications: false } });
        }}
      />
      <Text size="sm" role="status">
        <PermissionText permission={permission} />
      </Text>
    </SettingsCard>
  );
}

async function turnOn(isWanted: boolean): Promise<void> {
  if ((await askBrowserPermission()) === 'granted' && !isWanted)
    await saveMe({ preferences: { browser_notifications: true } });
}

function PermissionText({ permission }: { permission: BrowserPermission }) {
  switch (permission) {
    case 'granted':
      return <Trans>This browser allows them.</Trans>;
    case 'default':
      return <Trans>This browser will ask you whether it may.</Trans>;
    case 'denied':
      return (
        <Trans>
          This browser blocks them. Open the settings of this site, beside its address, and allow
          notifications.
        </Trans>
      );
    case 'unsupported':
      return (
        <Trans>This browser shows none here: most do so only over https, or on the machine itself.</Trans>
      );
  }
}
