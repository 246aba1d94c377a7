import type { z } from 'zod';
import type { modelChecked } from '#features/models/contract.ts';
import type { settingsPatch, ShownSettings } from '#features/settings/contract.ts';
import { modelsQuery } from '#web/features/models/models-query.ts';
import { api } from '#web/lib/api.ts';
import { queryClient } from '#web/lib/query-client.ts';
import type { Wire } from '#web/lib/wire.ts';
import { settingsQuery } from '../invitations/invitation.ts';

export type ProviderName = keyof ShownSettings['providers'];
export type ShownProvider = ShownSettings['providers'][ProviderName];
export type Checked = Wire<typeof modelChecked>;

/** In this order on the page. */
export const providerNames: ProviderName[] = ['openai', 'anthropic', 'google', 'ollama', 'compatible'];

export async function saveSettings(patch: z.input<typeof settingsPatch>): Promise<void> {
  const saved = await api.patch<ShownSettings>('/api/settings', patch);
  queryClient.setQueryData(settingsQuery.queryKey, saved);
  await queryClient.invalidateQueries({ queryKey: modelsQuery.queryKey });
}

export async function checkModel(model: string): Promise<Checked> {
  try {
    return await api.post<Checked>('/api/models/check', { model });
  } finally {
    await queryClient.invalidateQueries({ queryKey: modelsQuery.queryKey });
  }
}
