import { z } from 'zod';

/** What a program signs in with. `code`: of the authenticator app or a recovery code, where the account has 2FA. */
export const tokenRequest = z.strictObject({
  email: z.string().min(1).max(254),
  password: z.string().min(1).max(1_024),
  code: z.string().min(1).max(64).optional(),
});

/** Room for an access token: one that is sent by mistake is refused as what it is, not for its length. */
const refreshToken = z.string().min(1).max(4_096);

export const refreshRequest = z.strictObject({ refresh_token: refreshToken });

/** A browser and the holder of an access token need no body: their credentials tell the session. */
export const logoutRequest = z.strictObject({ refresh_token: refreshToken.optional() }).optional();

/** As OAuth 2.0 has it (RFC 6749, 5.1). */
export const tokenAnswer = z.strictObject({
  access_token: z.string().meta({ description: 'A JWT for `Authorization: Bearer`.' }),
  refresh_token: z.string().meta({
    description: 'For the next pair, once: using it twice ends the session, and with it all its tokens.',
  }),
  token_type: z.literal('Bearer'),
  expires_in: z.int().meta({ description: 'How long the access token holds, in seconds.' }),
});

/** RFC 7517, 8037: the public halves only. */
export const keySet = z.strictObject({
  keys: z.array(
    z.strictObject({
      kty: z.literal('OKP'),
      crv: z.literal('Ed25519'),
      x: z.string(),
      kid: z.string(),
      use: z.literal('sig'),
      alg: z.literal('EdDSA'),
    }),
  ),
});
