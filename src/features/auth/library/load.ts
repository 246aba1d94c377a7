import { libraryAdapter } from './adapter.ts';
import { betterAuth } from 'better-auth/minimal';
import { twoFactor } from 'better-auth/plugins/two-factor';
import type { Db } from '#platform/db/index.ts';
import { AppError } from '#platform/errors/index.ts';
import type { Logger } from '#platform/log/index.ts';
import { newId } from '#platform/ids/index.ts';
import { BROWSER_SESSION_S } from '../browser-session.ts';
import { needAct } from './act.ts';
import { COOKIE_PREFIX } from './cookies.ts';
import { SECOND_FACTOR_S } from './second-factor-time.ts';

const DAY_S = 86_400;

const timestamps = { createdAt: 'created_at', updatedAt: 'updated_at' };

export interface LibraryOptions {
  db: Db;
  secret: string;
  /** Where people open Famulus. */
  url: string;
  log: Logger;
}

/**
 * The auth library over our tables. It costs some 100 ms to load, so this file is imported when it is first needed.
 * It has no network, no rate limit and no origin check of its own: those of `platform/http` hold for every route.
 */
export function loadLibrary({ db, secret, url, log }: LibraryOptions) {
  return betterAuth({
    appName: 'Famulus',
    baseURL: url,
    basePath: '/api/auth',
    secret,
    database: libraryAdapter(db),
    telemetry: { enabled: false },
    rateLimit: { enabled: false },
    logger: {
      level: 'error',
      log: (level, message) => log[level]({ library: 'better-auth' }, message),
    },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      // Ours is the policy; the library's must not be stricter for a password that is right.
      minPasswordLength: 1,
      maxPasswordLength: 1024,
      password: { hash: preparedHash, verify: isConfirmed },
    },
    user: { modelName: 'users', fields: { emailVerified: 'email_verified', ...timestamps } },
    session: { expiresIn: BROWSER_SESSION_S, updateAge: DAY_S },
    account: {
      modelName: 'accounts',
      fields: {
        userId: 'user_id',
        providerId: 'provider_id',
        accountId: 'account_id',
        accessToken: 'access_token',
        refreshToken: 'refresh_token',
        idToken: 'id_token',
        accessTokenExpiresAt: 'access_token_expires_at',
        refreshTokenExpiresAt: 'refresh_token_expires_at',
        ...timestamps,
      },
    },
    verification: { modelName: 'verifications', fields: { expiresAt: 'expires_at', ...timestamps } },
    advanced: {
      cookiePrefix: COOKIE_PREFIX,
      useSecureCookies: url.startsWith('https://'),
      disableCSRFCheck: true,
      disableOriginCheck: true,
      ipAddress: { disableIpTracking: true },
      database: { generateId: () => newId(), validateSchema: false },
    },
    plugins: [
      twoFactor({
        issuer: 'Famulus',
        twoFactorCookieMaxAge: SECOND_FACTOR_S,
        schema: {
          user: { fields: { twoFactorEnabled: 'two_factor_enabled' } },
          twoFactor: {
            modelName: 'two_factors',
            fields: {
              userId: 'user_id',
              backupCodes: 'backup_codes',
              failedVerificationCount: 'failed_verification_count',
              lockedUntil: 'locked_until',
            },
          },
        },
      }),
    ],
  });
}

export type LoadedLibrary = ReturnType<typeof loadLibrary>;

async function isConfirmed({ hash, password }: { hash: string; password: string }): Promise<boolean> {
  const { confirmed } = needAct();
  return confirmed !== undefined && confirmed.hash === hash && confirmed.password === password;
}

async function preparedHash(password: string): Promise<string> {
  const { hashed } = needAct();
  if (hashed?.password === password) return hashed.hash;
  // The library hashes for nobody when the account that was checked a moment ago is gone.
  throw new AppError({
    code: 'auth.account_changed',
    kind: 'conflict',
    message: 'the account was changed at the same time: try again',
  });
}
