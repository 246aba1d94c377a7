import { z } from 'zod';
import type { Database } from '#platform/db/index.ts';
import { text } from '#platform/http/fields.ts';
import { route, type RequestInfo, type Route } from '#platform/http/route.ts';
import type { Authenticate } from '../authenticator.ts';
import * as contract from '../contract.ts';
import type { Browsers, Outcome } from '../library/index.ts';
import type { Code } from '../two-factor/codes.ts';
import {
  beginTwoFactor,
  confirmCode,
  disableTwoFactor,
  newRecoveryCodes,
  totpUri,
} from '../two-factor/settings.ts';
import { completeSignIn } from '../two-factor/sign-in.ts';
import { libraryAnswer } from './library-answer.ts';

const tag = 'Two-factor sign-in';
const base = '/api/auth/two-factor';

const trustDevice = z
  .boolean()
  .optional()
  .meta({ description: 'Ask for no code in this browser for 30 days.' });
const withPassword = z.strictObject({ password: contract.password });
const qr_svg = z
  .string()
  .meta({ description: 'The `totpURI` as a QR code, an SVG document without scripts.' });
const scope = 'settings:write';

/** The auth library's routes for second factors, at its paths and in its words. */
export function twoFactorRoutes(
  database: Database,
  { library }: Browsers,
  { authenticate }: { authenticate: Authenticate },
): Route[] {
  const parts = { database, library };

  /** Of one who is signed in or, without anybody, to complete a sign-in. */
  async function weigh(request: RequestInfo, code: Code): Promise<Outcome<unknown>> {
    const caller = await authenticate(request);
    if (caller) return await confirmCode(parts, { caller, request }, code);
    return await completeSignIn(parts, request, code);
  }

  return [
    route(
      {
        method: 'post',
        path: `${base}/enable`,
        tag,
        scope,
        summary: 'Begin two-factor sign-in: a secret for an authenticator app, and recovery codes',
        description: 'It counts from the first code on that `verify-totp` finds right. Not for API tokens.',
        body: withPassword.extend({ method: z.literal('totp').optional(), issuer: text(100).optional() }),
        responses: {
          200: z.strictObject({
            method: z.literal('totp'),
            totpURI: z.string(),
            qr_svg,
            backupCodes: z.array(z.string()),
          }),
        },
      },
      async ({ caller, body, request }) =>
        libraryAnswer(await beginTwoFactor(parts, { caller, request }, body), request),
    ),
    route(
      {
        method: 'post',
        path: `${base}/disable`,
        tag,
        scope,
        summary: 'Switch two-factor sign-in off',
        body: withPassword,
        responses: { 200: z.strictObject({ status: z.boolean() }) },
      },
      async ({ caller, body, request }) =>
        libraryAnswer(await disableTwoFactor(parts, { caller, request }, body.password), request),
    ),
    route(
      {
        method: 'post',
        path: `${base}/get-totp-uri`,
        tag,
        scope,
        summary: 'The secret once more, to set up another authenticator app',
        body: withPassword,
        responses: { 200: z.strictObject({ totpURI: z.string(), qr_svg }) },
      },
      async ({ caller, body, request }) =>
        libraryAnswer(await totpUri(parts, { caller, request }, body.password), request),
    ),
    route(
      {
        method: 'post',
        path: `${base}/generate-backup-codes`,
        tag,
        scope,
        summary: 'New recovery codes; the old ones are void',
        body: withPassword,
        responses: { 200: z.strictObject({ status: z.boolean(), backupCodes: z.array(z.string()) }) },
      },
      async ({ caller, body, request }) =>
        libraryAnswer(await newRecoveryCodes(parts, { caller, request }, body.password), request),
    ),
    route(
      {
        method: 'post',
        path: `${base}/verify-totp`,
        tag,
        scope: null,
        summary: 'Give the code of an authenticator app: to complete a sign-in, or to switch it on',
        body: z.strictObject({ code: contract.totpCode, trustDevice }),
        responses: { 200: contract.signedIn },
      },
      async ({ body, request }) => libraryAnswer(await weigh(request, { method: 'totp', ...body }), request),
    ),
    route(
      {
        method: 'post',
        path: `${base}/verify-backup-code`,
        tag,
        scope: null,
        summary: 'Give a recovery code in place of one of an app',
        body: z.strictObject({ code: contract.recoveryCode, trustDevice }),
        responses: { 200: contract.signedIn },
      },
      async ({ body, request }) =>
        libraryAnswer(await weigh(request, { method: 'recovery_code', ...body }), request),
    ),
  ];
}
