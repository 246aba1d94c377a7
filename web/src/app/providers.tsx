import { i18n } from '@lingui/core';
import { I18nProvider } from '@lingui/react';
import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { QueryClientProvider } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { queryClient } from '#web/lib/query-client.ts';
import { styleNonce } from './nonce.ts';
import { colorSchemeManager, theme } from './theme.ts';

export function Providers({ children }: { children: ReactNode }) {
  return (
    <I18nProvider i18n={i18n}>
      <QueryClientProvider client={queryClient}>
        <MantineProvider
          theme={theme}
          colorSchemeManager={colorSchemeManager}
          defaultColorScheme="auto"
          getStyleNonce={() => styleNonce}
        >
          {children}
          <Notifications position="bottom-right" containerWidth={380} limit={4} />
        </MantineProvider>
      </QueryClientProvider>
    </I18nProvider>
  );
}
