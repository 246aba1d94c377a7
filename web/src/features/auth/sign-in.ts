import type {
  AuthenticationResponseJSON,
  PublicKeyCredentialRequestOptionsJSON,
} from '@simplewebauthn/browser';
import { api } from '#web/lib/api.ts';
import { askForPasskey } from './passkeys.ts';

interface SignedIn {
  user: { id: string };
}

/** The user's id; undefined when a second factor is to come. */
export async function signInByPassword(credentials: {
  email: string;
  password: string;
}): Promise<string | undefined> {
  const answer = await api.post<SignedIn | { twoFactorRedirect: true }>(
    '/api/auth/sign-in/email',
    credentials,
  );
  return 'user' in answer ? answer.user.id : undefined;
}

export type SecondFactor = 'totp' | 'recovery_code';

const codePaths: Record<SecondFactor, string> = {
  totp: '/api/auth/two-factor/verify-totp',
  recovery_code: '/api/auth/two-factor/verify-backup-code',
};

/** Completes the sign-in that was begun in this browser. */
export async function giveSecondFactor(
  kind: SecondFactor,
  body: { code: string; trustDevice: boolean },
): Promise<string> {
  const { user } = await api.post<SignedIn>(codePaths[kind], body);
  return user.id;
}

export async function passkeyOptions(): Promise<PublicKeyCredentialRequestOptionsJSON> {
  return await api.get('/api/auth/passkey/generate-authenticate-options');
}

export async function signInByPasskey(response: AuthenticationResponseJSON): Promise<string> {
  const { user } = await api.post<SignedIn>('/api/auth/passkey/verify-authentication', { response });
  return user.id;
}

export async function signInByAskedPasskey(): Promise<string> {
  return await signInByPasskey(await askForPasskey(await passkeyOptions()));
}

/** Who is signed in in this browser; undefined when nobody is. */
export async function signedInUser(signal: AbortSignal): Promise<string | undefined> {
  const session = await api.get<SignedIn | null>('/api/auth/get-session', { signal });
  return session?.user.id;
}
