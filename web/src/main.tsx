import '@mantine/core/styles.layer.css';
import './app/app.css';
import './app/nonce.ts';
// Before the router reads the address.
import './features/auth/link-secret.ts';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { Providers } from './app/providers.tsx';
import { preloadPage } from './app/preload-page.ts';
import { renewWhenOutdated } from './app/renew.ts';
import { router } from './app/router.tsx';
import { firstLanguage, speak } from './lib/i18n.ts';

const root = document.getElementById('root');
if (!root) throw new Error('the page has no #root');

renewWhenOutdated();
// Who it is, the page's own code and the language are fetched beside each other.
preloadPage(router);
void router.load();
await speak(firstLanguage());

createRoot(root).render(
  <StrictMode>
    <Providers>
      <RouterProvider router={router} />
    </Providers>
  </StrictMode>,
);
