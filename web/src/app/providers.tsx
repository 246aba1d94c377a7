import { i18n } from '@lingui/core';
import { I18nProvider } from '@lingui/react';
import { MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { queryClient } from '#web/lib/query-client.ts';
import { ToastHost } from '#web/ui/toast-host.tsx';
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
          <ToastHost />
        </MantineProvider>
      </QueryClientProvider>
    </I18nProvider>
  );
}
