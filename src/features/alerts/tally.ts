import type { Counter, Gauge, Metrics } from '#platform/metrics/index.ts';

type Listener = (code: string) => void;

// Whoever raises has a transaction and no more: what is counted is handed on here.
const listeners = new Set<Listener>();

/** Tells that an alert was raised, once that is committed. */
export function tally(code: string): void {
  for (const listener of listeners) listener(code);
}

/** What of alerts is counted. */
interface AlertMetrics {
  /** Sets how many are open, by code: of all processes, as it was read last. */
  setOpen(counts: Record<string, number>): void;
  close(): void;
}

/** Counts the alerts that this process raises, until closed. */
export function countAlerts(metrics: Metrics): AlertMetrics {
  const raised: Counter<'code'> = metrics.counter({
    name: 'alerts_total',
    help: 'Alerts raised by this process',
    labels: ['code'],
  });
  const open: Gauge<'code'> = metrics.gauge({
    name: 'alerts_open',
    help: 'What is wrong now, as every process sees it',
    labels: ['code'],
  });
  const listener: Listener = (code) => raised.inc({ code });
  listeners.add(listener);
  return {
    setOpen: (counts) => {
      open.reset();
      for (const [code, count] of Object.entries(counts)) open.set({ code }, count);
    },
    close: () => void listeners.delete(listener),
  };
}
