import { hashPassword } from '#platform/crypto/index.ts';
import type { Database } from '#platform/db/index.ts';
import { newId } from '#platform/ids/index.ts';
import { challengeOf, newChallenge, takeChallenge, type ChallengeOwner } from '../passkeys/challenges.ts';
import {
  registrationOptions,
  unacceptable,
  verifyRegistration,
  type NewPasskey,
  type RegistrationResponse,
} from '../passkeys/registration.ts';
import type { RelyingParty } from '../passkeys/relying-party.ts';
import { checkNewPassword } from '../password-policy.ts';

/** With what an account that is made is to be opened: one of the two. */
export interface AskedWayIn {
  password?: string | undefined;
  passkey?: RegistrationResponse | undefined;
  passkey_name?: string | undefined;
}

/** The same, checked. */
export interface WayIn {
  /** A passkey carries its user's id: the account is to have it. */
  user_id?: string | undefined;
  password_hash: string | null;
  passkey?: { passkey: NewPasskey; name: string | undefined };
}

/** Whom a challenge is for: whoever has the link, for this address. */
interface Holder {
  link_hash: string;
  email: string;
}

function ownerOf({ link_hash, email }: Holder): ChallengeOwner {
  return { purpose: 'join', owner: `${link_hash} ${email.toLowerCase()}` };
}

/** What a browser needs to make the passkey of an account that is not there yet. */
export async function optionsForNewAccount(
  database: Database,
  party: RelyingParty,
  { link_hash, email, name }: Holder & { name: string },
) {
  const id = newId();
  const challenge = await newChallenge(database, ownerOf({ link_hash, email }), id);
  return await registrationOptions({ id, name: email, display_name: name }, { party, challenge });
}

/** @throws AppError 422 `auth.weak_password`, the password hashed else */
export async function checkPasswordOf(
  password: string,
  account: { email: string; name: string },
): Promise<WayIn> {
  await checkNewPassword(password, account);
  return { password_hash: await hashPassword(password) };
}

/**
 * Checks the password or the passkey of an account that is to be made; a challenge is used up by it.
 * @throws AppError 422 `auth.weak_password`, `auth.bad_passkey`
 */
export async function checkWayIn(
  database: Database,
  { password, passkey: response, passkey_name }: AskedWayIn,
  {
    party,
    link_hash,
    account,
  }: { party: () => RelyingParty; link_hash: string; account: { email: string; name: string } },
): Promise<WayIn> {
  if (response === undefined) return await checkPasswordOf(password!, account);
  const field = 'passkey';
  const challenge = challengeOf(response.response.clientDataJSON);
  const owner = ownerOf({ link_hash, email: account.email });
  const user_id = challenge === undefined ? undefined : await takeChallenge(database, owner, challenge);
  if (challenge === undefined || user_id === undefined) {
    throw unacceptable(
      field,
      'answers no challenge of this link and address, or one that is over: begin again',
    );
  }
  const passkey = await verifyRegistration(response, { challenge, party: party(), field });
  return { user_id, password_hash: null, passkey: { passkey, name: passkey_name } };
}
