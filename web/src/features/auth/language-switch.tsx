import { Button, Group } from '@mantine/core';
import { useLingui } from '@lingui/react/macro';
import { languages, speak, type Language } from '#web/lib/i18n.ts';

/** What the page speaks, and the account that is made on it. */
export function LanguageSwitch() {
  const { i18n, t } = useLingui();
  return (
    <Group gap={4} role="group" aria-label={t`Language`}>
      {(Object.keys(languages) as Language[]).map((language) => (
        <Button
          key={language}
          lang={language}
          size="compact-sm"
          variant={language === i18n.locale ? 'light' : 'subtle'}
          color="gray"
          c="var(--mantine-color-text)"
          aria-pressed={language === i18n.locale}
          onClick={() => void speak(language)}
        >
          {languages[language]}
        </Button>
      ))}
    </Group>
  );
}
