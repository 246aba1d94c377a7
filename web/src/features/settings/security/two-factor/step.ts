import type { AppSecret } from './two-factor-api.ts';

/** What somebody wants to do about two-factor sign-in. */
export type TwoFactorAim = 'begin' | 'another_app' | 'new_codes' | 'end';

export type TwoFactorStep =
  | { name: 'password' }
  /** The secret, and its first code to be given. */
  | { name: 'app'; secret: AppSecret; codes: readonly string[] }
  | { name: 'secret'; secret: AppSecret }
  | { name: 'codes'; codes: readonly string[] };
