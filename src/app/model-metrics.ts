import type { Models } from '#features/models/index.ts';
import type { Metrics } from '#platform/metrics/index.ts';

/** Tells how the providers of models are, as this process finds them. */
export function createModelMetrics(metrics: Metrics, { reachable, health }: Models): void {
  metrics.gauge({
    name: 'model_provider_up',
    help: '1 when a provider of models is asked, 0 while it is left alone because it does not answer',
    labels: ['provider'],
    collect: (gauge) => {
      gauge.reset();
      for (const { provider } of reachable()) {
        gauge.set({ provider }, health.of(provider).state === 'down' ? 0 : 1);
      }
    },
  });
}
