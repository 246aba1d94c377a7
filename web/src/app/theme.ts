import { createTheme, type MantineColorSchemeManager } from '@mantine/core';
import { storage } from '#web/lib/storage.ts';

export const theme = createTheme({
  primaryColor: 'indigo',
  primaryShade: { light: 7, dark: 8 },
  defaultRadius: 'md',
  respectReducedMotion: true,
  cursorType: 'pointer',
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif',
});

const KEY = 'color-scheme';

/** Keeps the choice where public/color-scheme.js finds it before the first paint. */
export const colorSchemeManager: MantineColorSchemeManager = {
  get: (fallback) => {
    const kept = storage.get(KEY);
    return kept === 'light' || kept === 'dark' || kept === 'auto' ? kept : fallback;
  },
  set: (scheme) => storage.set(KEY, scheme),
  subscribe: () => {},
  unsubscribe: () => {},
  clear: () => storage.remove(KEY),
};
