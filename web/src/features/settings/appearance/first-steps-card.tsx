import { Switch } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { switchMe } from '#web/features/users/change-me.tsx';
import { useMe } from '#web/features/users/me.ts';
import { SettingsCard } from '../settings-card.tsx';

export function FirstStepsCard() {
  const { t } = useLingui();
  const { checklist_hidden = false } = useMe().preferences;
  return (
    <SettingsCard
      title={t`First steps`}
      lead={<Trans>The short list on Today of what to try, until all of it is done.</Trans>}
    >
      <Switch
        label={t`Show the first steps`}
        checked={!checklist_hidden}
        onChange={({ currentTarget }) =>
          switchMe({ preferences: { checklist_hidden: !currentTarget.checked } })
        }
      />
    </SettingsCard>
  );
}
