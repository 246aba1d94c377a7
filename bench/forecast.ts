/** Everything that fires within a month, of a thousand schedules: computed, and over REST. See bench/README.md. */
import { Cron } from 'croner';

import { createClient } from '#test/client.ts';
import { createUserAndToken, startProgram } from '#test/program.ts';
import { seededRandom } from '#test/seeded-random.ts';
import { forecast } from '../src/features/schedules/forecast.ts';
import { createReport, percentile } from './measure/report.ts';

const SCHEDULES = 1_000;
const ROUNDS = 9;
const MONTH_MS = 31 * 86_400_000;
const ZONES = ['Europe/Berlin', 'America/New_York', 'Asia/Tokyo', 'UTC', 'Australia/Sydney'];

const random = seededRandom(7);
const from = new Date();
const until = new Date(from.getTime() + MONTH_MS);

/** What people set: mostly daily or on workdays, some weekly, few every hour. */
function expression(index: number): string {
  const time = `${random.between(0, 60)} ${random.between(0, 24)}`;
  const minute = random.between(0, 60);
  return [
    `${time} * * *`,
    `${time} * * *`,
    `${time} * * 1-5`,
    `${time} * * ${random.between(0, 7)}`,
    `${time} ${random.between(1, 29)} * *`,
    `${minute} 8-20 * * *`,
  ][index % 6]!;
}

const rules = Array.from({ length: SCHEDULES }, (_, index) => ({
  cron_expression: expression(index),
  timezone: ZONES[random.between(0, ZONES.length)]!,
}));

async function median(work: () => unknown): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const startedAt = performance.now();
    await work();
    times.push(performance.now() - startedAt);
  }
  return percentile(times, 0.5);
}

const report = createReport('forecast', 'famulus');
const note = (engine: string, figure: string, ms: number) => report.add(engine, figure, ms, 'ms');

const schedules = rules.map(({ cron_expression, timezone }, index) => ({
  id: `${index}`.padStart(4, '0'),
  kind: 'reminder' as const,
  reminder_id: null,
  title: null,
  text: null,
  type: 'recurring' as const,
  trigger_at: null,
  local_time: null,
  rrule: null,
  starts_at: null,
  jitter_s: 0,
  next_fire_at: from,
  cron_expression,
  timezone,
}));
let times = 0;
const ours = await median(() => {
  times = forecast(schedules, { after: undefined, until, count: Number.POSITIVE_INFINITY }).length;
});
const crons = rules.map(
  ({ cron_expression, timezone }) => new Cron(cron_expression, { timezone, paused: true }),
);
const theirs = await median(() => {
  const all = crons.flatMap((cron) => {
    const found: Date[] = [];
    for (let next = cron.nextRun(from); next && next <= until; next = cron.nextRun(next)) found.push(next);
    return found;
  });
  return all.toSorted((a, b) => a.getTime() - b.getTime());
});
note('famulus', `${SCHEDULES} schedules, a month, in order`, ours);
note('limit', `${SCHEDULES} schedules, a month, in order`, 300);
note('croner, kept instances', `${SCHEDULES} schedules, a month, in order`, theirs);

await using famulus = await startProgram();
const client = createClient(famulus, await createUserAndToken(famulus));
for (const rule of rules) {
  const { status } = await client.post('/api/reminders', { type: 'recurring', text: 'forecast', ...rule });
  if (status !== 201) throw new Error(`POST /api/reminders: ${status}`);
}
const path = `/api/schedules?until=${until.toISOString()}&limit=200`;
interface Page {
  items: unknown[];
  next_cursor: string | null;
}
note('famulus', 'over REST: the first 200', await median(async () => await client.get<Page>(path)));
const startedAt = performance.now();
let shown = 0;
for (let cursor: string | null = ''; cursor !== null;) {
  const after: string = cursor ? `&cursor=${cursor}` : '';
  const { body } = await client.get<Page>(path + after);
  shown += body.items.length;
  cursor = body.next_cursor;
}
note('famulus', 'over REST: all pages', performance.now() - startedAt);
console.log(`${times} times; over REST ${shown}\n`);
report.print();
