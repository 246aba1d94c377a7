import { z } from 'zod';
import { id, instant, localeName, text, timezoneName } from '#platform/http/fields.ts';
import { passkeyName, registrationResponse } from '../passkeys/contract.ts';

const email = z.email('must be an e-mail address').max(254);
const name = text(200);
/** What is asked of a password is said by its own check. */
const password = z.string().max(1_024);
const role = z.enum(['admin', 'member']);
const oneTimeToken = z.string().min(1).max(200);

const locale = localeName.optional().meta({ description: 'What the assistant speaks; en when left out.' });

/** With what the new account is opened. */
const wayIn = {
  password: password.optional().meta({ description: 'This or `passkey`.' }),
  passkey: registrationResponse
    .optional()
    .meta({ description: 'What `navigator.credentials.create()` made of the answer of `passkey-options`.' }),
  passkey_name: passkeyName.optional().meta({ description: 'Called like the browser when left out.' }),
};

function exactlyOne(
  { password: word, passkey }: { password?: string | undefined; passkey?: unknown },
  context: z.RefinementCtx,
): void {
  if (word === undefined && passkey === undefined)
    context.addIssue({ code: 'custom', path: ['password'], message: 'is required, or a passkey' });
  if (word !== undefined && passkey !== undefined)
    context.addIssue({ code: 'custom', path: ['passkey'], message: 'is not taken beside a password' });
}

/** Of the one-time link that `./manage start` prints. */
export const setupRequest = z
  .strictObject({ setup_token: oneTimeToken, email, name, ...wayIn, timezone: timezoneName, locale })
  .superRefine(exactlyOne);

export const setupPasskeyRequest = z.strictObject({ setup_token: oneTimeToken, email, name });

export const setupCheck = z.strictObject({ setup_token: oneTimeToken });

export const openSetup = z.strictObject({ expires_at: instant });

/** What a sign-in page needs to know, and nothing else. */
export const signInOptions = z.strictObject({
  setup_needed: z
    .boolean()
    .meta({ description: 'There is no admin yet, and nobody else who could sign in.' }),
  registration: z.enum(['closed', 'invite', 'open']),
  passkeys: z.boolean().meta({
    description:
      'Whether a browser can have passkeys here: they need a name, and https but on its own machine.',
  }),
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

const invitedEmail = email.optional().meta({ description: 'May be left out where the invitation names it.' });

export const acceptRequest = z
  .strictObject({
    code: oneTimeToken,
    email: invitedEmail,
    name,
    ...wayIn,
    timezone: timezoneName,
    locale,
  })
  .superRefine(exactlyOne);

export const invitationPasskeyRequest = z.strictObject({ code: oneTimeToken, email: invitedEmail, name });

export const invitationCheck = z.strictObject({ code: oneTimeToken });

export const openInvitation = z.strictObject({
  email: z.string().nullable().meta({ description: 'Who alone may accept it; null: anyone.' }),
  role,
  expires_at: instant,
});

/** At the path and with the fields of the auth library. */
export const signUpRequest = z.strictObject({
  email,
  password,
  name,
  timezone: timezoneName.default('UTC'),
  locale,
});

export const signUpAnswer = z.strictObject({
  token: z.null().meta({
    description: 'Signing in is the next request, but for a page of ours: that gets the session cookie.',
  }),
  user: newAccount,
});

export const resetLink = z.strictObject({
  url: z.string().meta({ description: 'Opens the account once: hand it to its owner alone.' }),
  expires_at: instant,
});

/** At the path and with the fields of the auth library. */
export const resetRequest = z.strictObject({ token: oneTimeToken, newPassword: password });

export const resetCheck = z.strictObject({ token: oneTimeToken });

export const openReset = z.strictObject({
  email: z.string().nullable().meta({ description: 'Of the account it opens.' }),
  expires_at: instant,
});

export const done = z.strictObject({ status: z.literal(true) });
