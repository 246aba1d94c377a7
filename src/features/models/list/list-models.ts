import type { z } from 'zod';
import { openAlerts } from '#features/alerts/index.ts';
import type { Db } from '#platform/db/index.ts';
import type { modelList } from '../contract.ts';
import { ALERT } from '../health/alert-health.ts';
import { OFFLINE_MODEL } from '../offline/model.ts';
import { providerOf, type ProviderAccess, type ProviderName } from '../providers/names.ts';
import { currentModels, pricesAsOf } from '../prices/table.ts';
import type { Models } from '../registry.ts';
import type { ServerModels } from './server-models.ts';

type ModelList = z.output<typeof modelList>;
type Health = ModelList['providers'][number]['health'];

/** What other processes found: the providers they have left alone. */
async function downElsewhere(db: Db, { answeredAt }: Models['health']): Promise<Map<string, Health>> {
  const alerts = await openAlerts(db, ALERT);
  return new Map(
    alerts.flatMap(({ metadata, raised_at }) => {
      const { provider, error, since } = metadata as Record<string, string | null>;
      // The alert is being cleared.
      if ((answeredAt(provider ?? '') ?? 0) > raised_at) return [];
      const health: Health = {
        state: 'down',
        error: error ?? null,
        since: since ? new Date(since) : raised_at,
      };
      return [[provider ?? '', health] as const];
    }),
  );
}

/** The models there are now, per provider, with what is known of each. */
export async function listModels(
  db: Db,
  {
    models,
    serverModels,
  }: {
    models: Models;
    serverModels: (provider: ProviderName, access: ProviderAccess) => Promise<ServerModels>;
  },
): Promise<ModelList> {
  const down = await downElsewhere(db, models.health);
  const healthOf = (provider: string): Health => {
    const own = models.health.of(provider);
    return own.state === 'down' ? own : (down.get(provider) ?? own);
  };
  const found = await Promise.all(
    models.reachable().map(async ({ provider, access }) => {
      const known = currentModels(provider);
      if (known.length > 0) return { provider, names: known, list_error: null };
      const asked = await serverModels(provider, access);
      return 'models' in asked
        ? { provider, names: asked.models, list_error: null }
        : { provider, names: ['*'], list_error: asked.error };
    }),
  );
  const ids = [
    OFFLINE_MODEL,
    ...found.flatMap(({ provider, names }) => names.map((name) => `${provider}/${name}`)),
  ];
  return {
    items: ids.map((id) => {
      const { provider } = providerOf(id);
      return { id, provider, health: healthOf(provider), ...models.about(id) };
    }),
    providers: [
      { provider: 'builtin', health: healthOf('builtin'), list_error: null },
      ...found.map(({ provider, list_error }) => ({ provider, health: healthOf(provider), list_error })),
    ],
    default_model: models.default_model,
    embedding_model: models.embedding_model ?? null,
    prices_as_of: pricesAsOf,
  };
}
