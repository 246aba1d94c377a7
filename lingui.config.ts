import { defineConfig } from '@lingui/cli';
import { formatter } from '@lingui/format-po';

/** `npm run messages` gathers what is to be translated into web/src/locales. */
export default defineConfig({
  sourceLocale: 'en',
  locales: ['en', 'ru'],
  catalogs: [{ path: '<rootDir>/web/src/locales/{locale}', include: ['<rootDir>/web/src'] }],
  format: formatter({ lineNumbers: false }),
});
