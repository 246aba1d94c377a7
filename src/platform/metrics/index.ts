import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

export type { Counter, Gauge, Histogram } from 'prom-client';

const PREFIX = 'famulus_';

interface MetricOptions<L extends string> {
  /** Without the prefix; units at the end: `late_seconds`, `turns_total`. */
  name: string;
  help: string;
  /** Names of the labels. Their values must be few: never an id. */
  labels?: readonly L[];
}

export interface Metrics {
  counter<const L extends string = never>(options: MetricOptions<L>): Counter<L>;
  gauge<const L extends string = never>(
    options: MetricOptions<L> & {
      /** Sets the value when the metrics are read, for what needs no counting along. */
      collect?: (gauge: Gauge<L>) => void | Promise<void>;
    },
  ): Gauge<L>;
  /** Buckets in the unit of the name. */
  histogram<const L extends string = never>(options: MetricOptions<L> & { buckets: number[] }): Histogram<L>;
  /** Everything in Prometheus' text format, to be sent as `contentType`. */
  render(): Promise<string>;
  contentType: string;
}

/** The metrics of this process, those of Node included, each named `famulus_…`. */
export function createMetrics(): Metrics {
  const registry = new Registry();
  // The event loop's lag is sampled by a timer: at the usual 10 ms it would keep an idle machine awake.
  collectDefaultMetrics({ register: registry, prefix: PREFIX, eventLoopMonitoringPrecision: 100 });
  const configuration = <L extends string>({ name, help, labels = [] }: MetricOptions<L>) => ({
    name: PREFIX + name,
    help,
    labelNames: labels,
    registers: [registry],
  });
  return {
    counter: (options) => new Counter(configuration(options)),
    gauge: ({ collect, ...options }) => {
      const config = configuration(options);
      if (!collect) return new Gauge(config);
      // prom-client calls it as the gauge's method.
      return new Gauge({
        ...config,
        async collect() {
          await collect(this);
        },
      });
    },
    histogram: (options) => new Histogram({ ...configuration(options), buckets: options.buckets }),
    render: async () => await registry.metrics(),
    contentType: registry.contentType,
  };
}
