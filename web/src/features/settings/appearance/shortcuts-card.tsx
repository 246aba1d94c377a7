import { Button, Group, Switch } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { switchMe } from '#web/features/users/change-me.tsx';
import { useMe } from '#web/features/users/me.ts';
import { openDialog } from '#web/lib/dialogs.ts';
import { SettingsCard } from '../settings-card.tsx';

export function ShortcutsCard() {
  const { t } = useLingui();
  const { shortcuts = true } = useMe().preferences;
  return (
    <SettingsCard
      title={t`Keyboard`}
      lead={
        <Trans>
          Single keys, such as c for a new reminder, can be in the way of speech input and of fingers that
          slip.
        </Trans>
      }
    >
      <Group justify="space-between">
        <Switch
          label={t`Single-key shortcuts`}
          checked={shortcuts}
          onChange={({ currentTarget }) => switchMe({ preferences: { shortcuts: currentTarget.checked } })}
        />
        <Button variant="subtle" size="compact-sm" onClick={() => openDialog({ name: 'shortcuts' })}>
          <Trans>Show all shortcuts</Trans>
        </Button>
      </Group>
    </SettingsCard>
  );
}
