/**
 * How late reminders are, by PostgreSQL's clock, and when a client hears of them, by its own: 200 over a minute,
 * set over REST and heard over server-sent events. `--seconds 10 --count 50` for a shorter one.
 */
import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';

import { createClient } from '#test/client.ts';
import { createUserAndToken, startProgram } from '#test/program.ts';
import { createReport, percentile } from './measure/report.ts';

/** Before the first one is due, all are set. */
const HEAD_START_MS = 5_000;

const { values } = parseArgs({
  options: { seconds: { type: 'string', default: '60' }, count: { type: 'string', default: '200' } },
});
const count = Number(values.count);
const spread = Number(values.seconds) * 1_000;

const load = loadavg()[0]!.toFixed(1);
await using famulus = await startProgram();
const client = createClient(famulus, await createUserAndToken(famulus));
await using events = await client.events();

const first = Date.now() + HEAD_START_MS;
for (let index = 0; index < count; index += 1) {
  const trigger_at = new Date(Math.round(first + (index * spread) / count)).toISOString();
  const body = { type: 'one_time', text: `reminder ${index}`, trigger_at };
  const { status } = await client.post('/api/reminders', body);
  if (status !== 201) throw new Error(`POST /api/reminders: ${status}`);
}
if (Date.now() > first) throw new Error('setting them took longer than the head start: take fewer');

const fired = () => events.received.filter(({ type }) => type === 'reminder.fired');
await events.waitFor(() => fired().length >= count, HEAD_START_MS + spread + 10_000);

const late: number[] = [];
const heard: number[] = [];
const way: number[] = [];
for (const { payload, received_at } of fired()) {
  const { due_at, late_ms } = payload as { due_at: string; late_ms: number };
  late.push(late_ms);
  heard.push(received_at - Date.parse(due_at));
  way.push(received_at - Date.parse(due_at) - late_ms);
}

const report = createReport('reminders', 'famulus');
const add = (figure: string, value: number, limit?: number) => {
  report.add('famulus', figure, value, 'ms');
  if (limit !== undefined) report.add('limit', figure, limit, 'ms');
};
add('late_ms p50', percentile(late, 0.5), 10);
add('late_ms p99', percentile(late, 0.99), 100);
add('late_ms least', Math.min(...late), 0);
add('late_ms most', Math.max(...late));
add('from due to heard p50', percentile(heard, 0.5));
add('from due to heard p99', percentile(heard, 0.99));
add('from fired to heard p50', percentile(way, 0.5));
add('from fired to heard p99', percentile(way, 0.99), 50);
add('from fired to heard most', Math.max(...way), 50);
report.add('OpenClaw 2026.9.6 (quoted, not measured here)', 'late_ms p50', 23, 'ms');

console.log(
  `${fired().length} reminders over ${spread / 1_000} s, load before ${load}, Node ${process.version}\n`,
);
report.print();
