import { readSetting } from '#features/settings/index.ts';
import type { Database } from '#platform/db/index.ts';
import { route, type Route } from '#platform/http/route.ts';
import type { Browsers } from '../../library/index.ts';
import { arePasskeysPossible } from '../../passkeys/relying-party.ts';
import { hasCredentials } from '../../queries/accounts.ts';
import { signInOptions } from '../contract.ts';
import { hasOwner } from '../setup.ts';

export function signInOptionsRoute(database: Database, { public_url }: Browsers): Route {
  return route(
    {
      method: 'get',
      path: '/api/auth/options',
      tag: 'Signing in',
      scope: null,
      summary: 'What a sign-in page needs to know',
      responses: { 200: signInOptions },
    },
    async ({ request }) => {
      const [isOwned, registration] = await Promise.all([
        hasOwner(database),
        readSetting(database.system, 'registration'),
      ]);
      return {
        setup_needed: !isOwned && !(await hasCredentials(database.system)),
        registration,
        passkeys: arePasskeysPossible(request, public_url),
      };
    },
  );
}
