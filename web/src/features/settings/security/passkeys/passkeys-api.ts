import { queryOptions } from '@tanstack/react-query';
import type { PublicKeyCredentialCreationOptionsJSON } from '@simplewebauthn/browser';
import type { passkey } from '#features/auth/passkeys/contract.ts';
import { createPasskey } from '#web/features/auth/passkeys.ts';
import { api } from '#web/lib/api.ts';
import { queryClient } from '#web/lib/query-client.ts';
import type { Wire } from '#web/lib/wire.ts';
import { refreshSignInMethods } from '../sign-in-methods.ts';

export type Passkey = Wire<typeof passkey>;

const base = '/api/auth/passkey';

export const passkeysQuery = queryOptions({
  queryKey: ['passkeys'],
  queryFn: async ({ signal }) => await api.get<Passkey[]>(`${base}/list-user-passkeys`, { signal }),
});

/** Has the browser make a passkey, and the server keep it. */
export async function addPasskey(): Promise<Passkey> {
  const options = await api.get<PublicKeyCredentialCreationOptionsJSON>(`${base}/generate-register-options`);
  const made = await api.post<Passkey>(`${base}/verify-registration`, {
    response: await createPasskey(options),
  });
  show((list) => [made, ...list]);
  void refreshSignInMethods();
  return made;
}

export async function renamePasskey(id: string, name: string): Promise<void> {
  const { passkey } = await api.post<{ passkey: Passkey }>(`${base}/update-passkey`, { id, name });
  show((list) => list.map((one) => (one.id === id ? passkey : one)));
}

export async function removePasskey(id: string): Promise<void> {
  await api.post(`${base}/delete-passkey`, { id });
  show((list) => list.filter((one) => one.id !== id));
  void refreshSignInMethods();
}

function show(update: (list: Passkey[]) => Passkey[]): void {
  queryClient.setQueryData(passkeysQuery.queryKey, (list) => list && update(list));
}
