import type { Overrides } from '#app/config.ts';
import { createSetupToken, setupLink } from '#features/auth/index.ts';
import type { Database } from '#platform/db/index.ts';
import { withDatabase } from './with-database.ts';

/** What a person at the machine is told while there is no admin; undefined when there is one. */
export async function setupInvitation(
  database: Database,
  { url, publicUrl }: { url: string; publicUrl: string | undefined },
): Promise<string | undefined> {
  const token = await createSetupToken(database);
  if (token === undefined) return undefined;
  return `Make the first account, once, at ${setupLink((publicUrl ?? url).replace(/\/+$/, ''), token)}`;
}

/** The same for another process that serves the data directory: the link never stands in that one's log. */
export async function setupInvitationFor(overrides: Overrides, url: string): Promise<string | undefined> {
  return await withDatabase(
    overrides,
    async ({ database, config }) =>
      await setupInvitation(database, { url, publicUrl: config.http.public_url }),
  );
}
