import { NativeSelect } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { accountLocale } from '#web/features/auth/account-locale.ts';
import { switchMe } from '#web/features/users/change-me.tsx';
import { useMe } from '#web/features/users/me.ts';
import { languages, nearestLanguage } from '#web/lib/i18n.ts';
import { SettingsCard } from '../settings-card.tsx';

/** The shell speaks it as soon as the account has it. */
export function LanguageCard() {
  const { t } = useLingui();
  const { locale } = useMe();
  return (
    <SettingsCard
      title={t`Language`}
      lead={<Trans>Of these pages, and of what Famulus writes to you.</Trans>}
    >
      <NativeSelect
        label={t`Language`}
        value={nearestLanguage([locale])}
        onChange={({ currentTarget }) =>
          switchMe({ locale: accountLocale(currentTarget.value, navigator.languages) })
        }
      >
        {Object.entries(languages).map(([language, name]) => (
          <option key={language} value={language} lang={language}>
            {name}
          </option>
        ))}
      </NativeSelect>
    </SettingsCard>
  );
}
