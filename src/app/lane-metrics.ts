import type { Counter, Histogram, Metrics } from '#platform/metrics/index.ts';

export interface LaneMetrics {
  items: Counter<'kind' | 'result'>;
  seconds: Histogram<'kind'>;
}

/** Counted for all services of a process together. */
export function createLaneMetrics(metrics: Metrics): LaneMetrics {
  return {
    items: metrics.counter({
      name: 'lane_items_total',
      help: 'Lane items worked',
      labels: ['kind', 'result'],
    }),
    seconds: metrics.histogram({
      name: 'lane_item_seconds',
      help: 'Time one start of a lane item took',
      labels: ['kind'],
      buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60],
    }),
  };
}
