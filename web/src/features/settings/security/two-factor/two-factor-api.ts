import { api } from '#web/lib/api.ts';

const base = '/api/auth/two-factor';

/** What an authenticator app is set up with. */
export interface AppSecret {
  totpURI: string;
  qr_svg: string;
}

export interface RecoveryCodes {
  backupCodes: string[];
}

export async function beginTwoFactor(password: string): Promise<AppSecret & RecoveryCodes> {
  return await api.post(`${base}/enable`, { password });
}

/** The first right code switches it on. */
export async function confirmTwoFactor(code: string): Promise<void> {
  await api.post(`${base}/verify-totp`, { code });
}

export async function showAppSecret(password: string): Promise<AppSecret> {
  return await api.post(`${base}/get-totp-uri`, { password });
}

/** The old ones are void. */
export async function makeRecoveryCodes(password: string): Promise<RecoveryCodes> {
  return await api.post(`${base}/generate-backup-codes`, { password });
}

export async function endTwoFactor(password: string): Promise<void> {
  await api.post(`${base}/disable`, { password });
}
