import { Group, Paper, Stack, Text, Title } from '@mantine/core';
import { useLingui } from '@lingui/react/macro';
import type { ReactNode } from 'react';
import { useTitle } from '#web/ui/page.tsx';
import { TimeProvider } from '#web/ui/time/time-zone.tsx';
import { accountLocale } from './account-locale.ts';
import { LanguageSwitch } from './language-switch.tsx';
import classes from './auth-layout.module.css';

const browserTimeZone = new Intl.DateTimeFormat().resolvedOptions().timeZone;

interface AuthLayoutProps {
  title: string;
  /** One sentence on what this is. */
  lead?: ReactNode;
  children: ReactNode;
  /** Other ways, below the card. */
  footer?: ReactNode;
}

/** A door: one card in the middle of an empty page. */
export function AuthLayout({ title, lead, children, footer }: AuthLayoutProps) {
  const { i18n } = useLingui();
  useTitle(title);
  const locale = accountLocale(i18n.locale, navigator.languages);
  return (
    <main id="main" className={classes['page']}>
      <Group gap="xs">
        <img src="/icon.svg" alt="" width={32} height={32} />
        <Text fw={700} size="xl">
          Famulus
        </Text>
      </Group>
      <Paper withBorder radius="lg" p="xl" className={classes['card'] ?? ''}>
        <Stack gap="md">
          <div>
            <Title order={1} size="h3">
              {title}
            </Title>
            {lead && (
              <Text size="sm" c="dimmed" mt={4}>
                {lead}
              </Text>
            )}
          </div>
          <TimeProvider timezone={browserTimeZone} locale={locale} hourCycle="auto">
            {children}
          </TimeProvider>
        </Stack>
      </Paper>
      {footer && (
        <Text size="sm" component="div" ta="center">
          {footer}
        </Text>
      )}
      <LanguageSwitch />
    </main>
  );
}
