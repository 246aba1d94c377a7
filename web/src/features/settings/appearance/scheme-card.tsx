import { SegmentedControl, useMantineColorScheme } from '@mantine/core';
import { useLingui } from '@lingui/react/macro';
import { switchMe } from '#web/features/users/change-me.tsx';
import { SettingsCard } from '../settings-card.tsx';

export function SchemeCard() {
  const { t } = useLingui();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <SettingsCard title={t`Light or dark`}>
      <SegmentedControl
        aria-label={t`Light or dark`}
        fullWidth
        data={[
          { value: 'auto', label: t`As the device` },
          { value: 'light', label: t`Light` },
          { value: 'dark', label: t`Dark` },
        ]}
        value={colorScheme}
        onChange={(scheme) => {
          // The palette may have changed it here alone, so that the account has nothing new to tell.
          setColorScheme(scheme);
          switchMe({ preferences: { color_scheme: scheme } });
        }}
      />
    </SettingsCard>
  );
}
