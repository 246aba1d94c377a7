import type { signInOptions } from '#features/auth/joining/contract.ts';
import { api } from '#web/lib/api.ts';
import type { Wire } from '#web/lib/wire.ts';

export type SignInOptions = Wire<typeof signInOptions>;

export async function readSignInOptions(signal: AbortSignal): Promise<SignInOptions> {
  return await api.get<SignInOptions>('/api/auth/options', { signal });
}

/** Whether this browser can have passkeys of this address. */
export function canUsePasskeys(options: SignInOptions): boolean {
  return options.passkeys && typeof PublicKeyCredential === 'function';
}
