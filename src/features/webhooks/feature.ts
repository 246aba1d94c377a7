import type { Feature, FeatureContext } from '#platform/feature/index.ts';
import { deliveryRoutes } from './delivery-routes.ts';
import { deliverHandler } from './jobs.ts';
import { pruneDeliveries } from './queries/deliveries.ts';
import { forgetOldSecrets } from './queries/webhooks.ts';
import { webhookRoutes } from './routes.ts';
import { TIMEOUT_MS } from './send.ts';

/** How long deliveries that are over are kept, ms. */
const KEPT_MS = 30 * 86_400_000;

/** Addresses that are told of a user's events. */
export function webhooksFeature(context: FeatureContext): Feature {
  const { database, encryption, outbound } = context;
  const fetch = outbound.within({ total_ms: TIMEOUT_MS });
  return {
    name: 'webhooks',
    routes: [...webhookRoutes(context), ...deliveryRoutes(context)],
    lanes: [{ scope: 'webhook', handlers: [deliverHandler({ fetch, encryption })] }],
    encrypted: [
      { table: 'webhooks', column: 'secret' },
      { table: 'webhooks', column: 'old_secret' },
    ],
    prune: async (now) => {
      await pruneDeliveries(database.system, new Date(now.getTime() - KEPT_MS));
      await forgetOldSecrets(database.system);
    },
  };
}
