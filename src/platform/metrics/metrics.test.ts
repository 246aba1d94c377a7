import { expect, test } from 'vitest';
import { createMetrics } from './index.ts';

test('renders every kind under the prefix, with the process itself', async () => {
  const metrics = createMetrics();
  metrics.counter({ name: 'turns_total', help: 'Turns.', labels: ['outcome'] }).inc({ outcome: 'done' });
  metrics.gauge({ name: 'waiting', help: 'Waiting.' }).set(3);
  metrics.gauge({ name: 'asked', help: 'When read.', collect: async (gauge) => gauge.set(7) });
  metrics.histogram({ name: 'late_seconds', help: 'Lateness.', buckets: [0.01, 0.1] }).observe(0.05);
  const lines = (await metrics.render()).split('\n');
  expect(lines).toEqual(
    expect.arrayContaining([
      'famulus_turns_total{outcome="done"} 1',
      'famulus_waiting 3',
      'famulus_asked 7',
      'famulus_late_seconds_bucket{le="0.01"} 0',
      'famulus_late_seconds_bucket{le="0.1"} 1',
      expect.stringMatching(/^famulus_process_resident_memory_bytes \d+/) as string,
    ]),
  );
  expect(metrics.contentType).toContain('text/plain');
});

test('two registries in one process know nothing of each other', async () => {
  const [first, second] = [createMetrics(), createMetrics()];
  first.counter({ name: 'a_total', help: 'A.' }).inc();
  second.counter({ name: 'a_total', help: 'A.' });
  expect(await second.render()).toContain('famulus_a_total 0');
});
