import { z } from 'zod';
import { id, instant, text, timezoneName } from '#platform/http/fields.ts';

const email = z.email('must be an e-mail address').max(254);
const name = text(200);
/** What is asked of a password is said by its own check. */
const password = z.string().max(1_024);
const role = z.enum(['admin', 'member']);
const oneTimeToken = z.string().min(1).max(200);

/** Of the one-time link that `./manage start` prints. */
export const setupRequest = z.strictObject({
  setup_token: oneTimeToken,
  email,
  name,
  password,
  timezone: timezoneName,
});

/** An account that was made just now. */
export const newAccount = z.strictObject({
  id,
  email: z.string().nullable(),
  name: z.string(),
  role,
  timezone: z.string(),
});

export const invitationRequest = z.strictObject({
  email: email
    .optional()
    .meta({ description: 'Only this address may accept it; anyone who has it when left out.' }),
  role: role.default('member'),
  expires_at: instant.optional().meta({ description: 'A week from now when left out; a year at most.' }),
});

/** An invitation without what accepts it. */
export const invitation = z.strictObject({
  id,
  user_id: id.meta({ description: 'The admin who made it.' }),
  email: z.string().nullable(),
  role,
  expires_at: instant,
  used_at: instant.nullable(),
  used_by: id.nullable(),
  created_at: instant,
  updated_at: instant,
});

export const madeInvitation = invitation.extend({
  code: z.string().meta({ description: 'Shown this once: only its hash is kept.' }),
  url: z.string().meta({ description: 'The link to pass on, with the code in its fragment.' }),
});

export const acceptRequest = z.strictObject({
  code: oneTimeToken,
  email: email.optional().meta({ description: 'May be left out where the invitation names it.' }),
  name,
  password,
  timezone: timezoneName,
});

/** At the path and with the fields of the auth library. */
export const signUpRequest = z.strictObject({
  email,
  password,
  name,
  timezone: timezoneName.default('UTC'),
});

export const signUpAnswer = z.strictObject({
  token: z.null().meta({ description: 'Signing in is the next request.' }),
  user: newAccount,
});

export const resetLink = z.strictObject({
  url: z.string().meta({ description: 'Opens the account once: hand it to its owner alone.' }),
  expires_at: instant,
});

/** At the path and with the fields of the auth library. */
export const resetRequest = z.strictObject({ token: oneTimeToken, newPassword: password });

export const done = z.strictObject({ status: z.literal(true) });
