import type { Feature, FeatureContext } from '#platform/feature/index.ts';
import type { Access } from './access/access.ts';
import { deleteExpiredRefreshTokens, deleteRetiredKeys } from './access/queries.ts';
import { accessRoutes } from './access/routes.ts';
import { createTokenSessions } from './access/token-session.ts';
import { deviceOf } from './device.ts';
import type { CreateUser } from './joining/new-account.ts';
import { deleteOldInvitations } from './joining/queries/invitations.ts';
import { deleteOldLinks } from './joining/queries/links.ts';
import { baseUrlOf } from './joining/routes/base-url.ts';
import { invitationRoutes } from './joining/routes/invitations.ts';
import { resetRoutes } from './joining/routes/resets.ts';
import { setupRoutes } from './joining/routes/setup.ts';
import { signInOptionsRoute } from './joining/routes/sign-in-options.ts';
import type { Browsers } from './library/index.ts';
import { deleteEndedSessions, expireSessions } from './queries/sessions.ts';
import { deleteExpiredVerifications } from './queries/verifications.ts';
import { changePasswordRoute } from './routes/change-password.ts';
import { passkeyRoutes } from './routes/passkeys.ts';
import { sessionRoutes } from './routes/sessions.ts';
import { signInMethodRoutes } from './routes/sign-in-methods.ts';
import { signInRoutes } from './routes/sign-in.ts';
import { twoFactorRoutes } from './routes/two-factor.ts';
import { deleteExpiredTokens } from './tokens/queries.ts';
import { tokenRoutes } from './tokens/routes.ts';
import { checkSecondFactor } from './two-factor/check.ts';

/** What has ended is kept for so long, so that their owner still sees what became of them. */
const ENDED_AGE_MS = 30 * 86_400_000;

export interface AuthOptions {
  browsers: Browsers;
  access: Access;
  createUser: CreateUser;
  /** Where people open Famulus, when that is configured. */
  publicUrl: string | undefined;
}

/** Who may come in, and how: passwords, second factors, passkeys, sessions, tokens, invitations. */
export function authFeature(
  { database }: FeatureContext,
  { browsers, access, createUser, publicUrl }: AuthOptions,
): Feature {
  const baseUrl = baseUrlOf(publicUrl);
  const sessions = createTokenSessions({ database, accessTokens: access.accessTokens });
  return {
    name: 'auth',
    encrypted: [{ table: 'signing_keys', column: 'private_key' }],
    routes: [
      ...signInRoutes(database, browsers),
      changePasswordRoute(database, browsers),
      ...signInMethodRoutes(database, browsers),
      ...twoFactorRoutes(database, browsers, access),
      ...passkeyRoutes(database, browsers),
      ...accessRoutes({
        database,
        ...access,
        sessions,
        checkSecondFactor: async ({ user_id, code, request }) =>
          await checkSecondFactor(
            { database, library: browsers.library },
            { user_id, code, device: deviceOf(request) },
          ),
      }),
      ...sessionRoutes(database),
      ...tokenRoutes(database),
      signInOptionsRoute(database, browsers),
      ...setupRoutes({ database, browsers, createUser }),
      ...invitationRoutes({ database, browsers, createUser, baseUrl }),
      ...resetRoutes({ database, baseUrl }),
    ],
    prune: async (now) => {
      const longAgo = new Date(now.getTime() - ENDED_AGE_MS);
      await expireSessions(database.system);
      await deleteExpiredVerifications(database.system);
      await deleteEndedSessions(database.system, longAgo);
      await deleteExpiredTokens(database.system, longAgo);
      await deleteExpiredRefreshTokens(database.system);
      await deleteOldInvitations(database.system, longAgo);
      await deleteOldLinks(database.system, longAgo);
      await deleteRetiredKeys(database.system, longAgo);
    },
  };
}
