import type { PublicKeyCredentialCreationOptionsJSON } from '@simplewebauthn/browser';
import { api } from '#web/lib/api.ts';
import { createPasskey } from './passkeys.ts';

/** By what right an account is made. */
export interface Joining {
  path: '/api/setup' | '/api/invitations/accept' | '/api/auth/sign-up/email';
  /** Undefined where a password is the only way. */
  passkeyPath?: '/api/setup/passkey-options' | '/api/invitations/passkey-options' | undefined;
  /** The secret of the link, by the name the API has for it. */
  proof: { setup_token?: string; code?: string };
}

export interface NewAccount {
  email: string;
  name: string;
  timezone: string;
  locale: string;
}

interface Made {
  id?: string;
  user?: { id: string };
}

/** Makes the account and signs this browser in; the new user's id. */
export async function joinAccount(
  { path, passkeyPath, proof }: Joining,
  account: NewAccount,
  password: string | undefined,
): Promise<string> {
  const wayIn =
    password === undefined && passkeyPath !== undefined
      ? { passkey: await passkeyFor(passkeyPath, proof, account) }
      : { password: password ?? '' };
  const made = await api.post<Made>(path, { ...proof, ...account, ...wayIn });
  return made.id ?? made.user?.id ?? '';
}

async function passkeyFor(path: string, proof: Joining['proof'], { email, name }: NewAccount) {
  const options = await api.post<PublicKeyCredentialCreationOptionsJSON>(path, { ...proof, email, name });
  return await createPasskey(options);
}
