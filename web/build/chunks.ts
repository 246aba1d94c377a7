import type { Rolldown } from 'vite';

/** What every page needs, and the controls that nearly every page has. */
const common = new RegExp(
  [
    String.raw`node_modules/(react|react-dom|scheduler|use-sync-external-store|clsx)/`,
    String.raw`node_modules/@tanstack/(router-core|react-router|history|store|react-store|query-core|react-query)/`,
    String.raw`node_modules/(@lingui|@floating-ui)/`,
    String.raw`node_modules/@mantine/hooks/`,
    String.raw`@mantine/core/esm/core/`,
    String.raw`@mantine/core/esm/components/(Badge|Code|Divider|Input|InputBase|Paper|Textarea|TextInput|Tooltip)/`,
    'web/src/(app|lib|ui)/',
  ].join('|'),
);

/** Loaded when they are first opened. */
const later = /web\/src\/(app\/shell\/(palette|shortcuts-help)|ui\/toast-box)/;

/**
 * What comes together. Left to itself the bundler makes a file of whatever two pages share: the first page was 140 of
 * them, and waited for the last. Sizes are held by the budget, whatever stands here.
 */
export const codeSplitting: Rolldown.CodeSplittingOptions = {
  groups: [
    { name: 'icons', test: /lucide-react/, minShareCount: 2, priority: 2 },
    { name: 'base', test: (id) => common.test(id) && !later.test(id), priority: 1 },
  ],
};
