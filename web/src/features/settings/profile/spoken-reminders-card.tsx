import { Radio, Stack } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { switchMe } from '#web/features/users/change-me.tsx';
import { useMe } from '#web/features/users/me.ts';
import { SettingsCard } from '../settings-card.tsx';

const wishes = { never: false, usual: null, always: true } as const;

/** Whether a model words what reminders say: each is a request to it, which costs. */
export function SpokenRemindersCard() {
  const { t } = useLingui();
  const { spoken_reminders = null } = useMe().preferences;
  const labels = { never: t`Never`, usual: t`Once an hour at most`, always: t`Always` };
  const names = ['never', 'usual', 'always'] as const;
  return (
    <SettingsCard
      title={t`Reminders in the assistant’s words`}
      lead={
        <Trans>
          Your assistant words each anew, which is a request to its model. One that comes more often than once
          an hour is said as you wrote it, unless you want it always.
        </Trans>
      }
    >
      <Radio.Group
        aria-label={t`Reminders in the assistant’s words`}
        value={names.find((name) => wishes[name] === spoken_reminders)!}
        onChange={(name) => switchMe({ preferences: { spoken_reminders: wishes[name] } })}
      >
        <Stack gap="sm">
          {names.map((name) => (
            <Radio key={name} value={name} label={labels[name]} />
          ))}
        </Stack>
      </Radio.Group>
    </SettingsCard>
  );
}
