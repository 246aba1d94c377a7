import { z } from 'zod';
import { anyJson, id, instant } from '#platform/http/fields.ts';

/** A password as it is typed in: its rules are checked where it is chosen. */
export const password = z.string().min(1, 'must not be empty').max(1024, 'must have at most 1024 characters');

/** A code of an authenticator app. Spaces and dashes between digits are how people read them. */
export const totpCode = z
  .string()
  .max(32)
  .transform((text) => text.replaceAll(/[\s-]/g, ''))
  .meta({ description: 'Six digits of an authenticator app.', examples: ['123456'] });

export const recoveryCode = z
  .string()
  .trim()
  .min(1)
  .max(64)
  .meta({ description: 'One of the codes given when two-factor sign-in was set up. Each works once.' });

// What the auth library's own routes take and answer is in its words: camelCase.

export const libraryUser = z
  .strictObject({
    id,
    name: z.string(),
    email: z.string().nullable(),
    emailVerified: z.boolean(),
    image: z.string().nullable(),
    createdAt: instant,
    updatedAt: instant,
    twoFactorEnabled: z.boolean(),
  })
  .meta({ id: 'AuthUser' });

export const librarySession = z
  .strictObject({
    id,
    userId: id,
    token: z.string(),
    expiresAt: instant,
    createdAt: instant,
    updatedAt: instant,
    ipAddress: z.string().nullable(),
    userAgent: z.string().nullable(),
  })
  .meta({ id: 'AuthSession' });

export const signedIn = z.strictObject({ token: z.string(), user: libraryUser });

export const signInEmail = z.strictObject({
  email: z.email('must be an e-mail address').max(254),
  password,
  rememberMe: z
    .boolean()
    .default(true)
    .meta({ description: 'Without it, the session ends with the browser, after a day at the latest.' }),
  callbackURL: z
    .string()
    .max(2000)
    .regex(/^\/(?![/\\])/, 'must be a path of this site')
    .optional()
    .meta({ description: 'Where to go on to: a path of this site.' }),
});

export const signInAnswer = z.union([
  z.strictObject({
    redirect: z.boolean(),
    token: z.string(),
    url: z.string().optional(),
    user: libraryUser,
  }),
  z.strictObject({ twoFactorRedirect: z.literal(true), twoFactorMethods: z.array(z.string()) }),
]);

export const currentSession = z
  .strictObject({ session: librarySession, user: libraryUser })
  .nullable()
  .meta({ description: 'null when nobody is signed in.' });

export const changePassword = z.strictObject({
  currentPassword: password,
  newPassword: z.string().max(1024),
  revokeOtherSessions: z
    .boolean()
    .optional()
    .meta({ description: 'Taken for the library’s sake: the other sessions end in any case.' }),
});

export const setPassword = z.strictObject({ newPassword: z.string().max(1024) });

export const signInMethods = z.strictObject({
  password: z.boolean(),
  two_factor: z.boolean(),
  recovery_codes_left: z.int(),
  passkeys: z.int().meta({ description: 'How many.' }),
});

/** A sign-in on one device. */
export const session = z.strictObject({
  id,
  kind: z.enum(['browser', 'token']),
  status: z.enum(['pending', 'authenticated', 'error', 'expired']),
  is_current: z.boolean().meta({ description: 'It is the one this request was made with.' }),
  device_info: z.strictObject({
    name: z.string(),
    user_agent: z.string().nullable(),
    address: z.string().nullable(),
    last_seen_at: instant,
  }),
  session_metadata: anyJson,
  expires_at: instant,
  created_at: instant,
  updated_at: instant,
});
