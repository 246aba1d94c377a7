import { afterAll, beforeAll, expect, test } from 'vitest';

import { createClient, type Client } from '#test/client.ts';
import { freePort } from '#test/free-port.ts';
import {
  createUserAndToken,
  removeDataDir,
  runProgram,
  startProgram,
  temporaryDataDir,
  type Program,
} from '#test/program.ts';
import {
  firedNotification,
  notificationsOf,
  remind,
  type OccurrenceRecord,
  type Page,
} from '#test/records.ts';
import { startRedis, type RedisServer } from '#test/redis-server.ts';
import { until } from '#test/until.ts';

const QUEUE = 'queue:to_secretary';

let redisPort: number;
let redis: RedisServer;
let dataDir: string;
let env: Record<string, string>;
let famulus: Program;
let client: Client;
let userId: string;

beforeAll(async () => {
  redisPort = await freePort();
  redis = await startRedis(redisPort);
  dataDir = await temporaryDataDir();
  env = { REDIS_URL: redis.url, REDIS_QUEUE_TO_SECRETARY: QUEUE };
  famulus = await startProgram({ dataDir, env });
  const user = await createUserAndToken(famulus);
  userId = user.id;
  client = createClient(famulus, user);
});
afterAll(async () => {
  await famulus.stop();
  await removeDataDir(dataDir);
  await redis.stop();
});

interface QueuedEvent {
  payload: { reminder_id: string; occurrence_id: string };
}

const queued = async () => (await redis.list(QUEUE)).map((text) => JSON.parse(text) as QueuedEvent);
const about = async (reminderId: string) =>
  (await queued()).filter(({ payload }) => payload.reminder_id === reminderId);

test('a reminder that fires is pushed, in the shape of the original service', async () => {
  const secretary = await client.get<{ assistant_id: string }>('/api/threads/main');
  const trigger_at = new Date(Date.now() + 500).toISOString();
  const payload = { text: 'stretch', mood: { level: 3 } };
  const { body: reminder } = await client.post<{ id: string; created_at: string }>('/api/reminders', {
    type: 'one_time',
    trigger_at,
    payload,
  });
  const [event, ...more] = await until('it is in the queue', async () => {
    const found = await about(reminder.id);
    return found.length > 0 && found;
  });
  expect(more).toEqual([]);
  const { body } = await client.get<Page<OccurrenceRecord>>(`/api/reminders/${reminder.id}/occurrences`);
  const [occurrence] = body.items;
  expect(event).toEqual({
    assistant_id: secretary.body.assistant_id,
    event: 'reminder_triggered',
    payload: {
      reminder_id: reminder.id,
      user_id: userId,
      reminder_type: 'one_time',
      payload,
      triggered_at: occurrence!.fired_at,
      created_at: reminder.created_at,
      occurrence_id: occurrence!.id,
      due_at: trigger_at,
      late_ms: occurrence!.late_ms,
    },
  });
  const [told] = await notificationsOf(client, reminder.id);
  expect(told!.deliveries.map(({ channel }) => channel).toSorted((a, b) => a.localeCompare(b))).toEqual([
    'redis',
    'web',
  ]);
  await until('the delivery is noted', async () => {
    const [now] = await notificationsOf(client, reminder.id);
    return now!.deliveries.every(({ status }) => status === 'sent');
  });
});

test('while Redis is away nothing waits for it; when it is back it gets everything', async () => {
  await redis.stop();
  const reminders = await Promise.all(
    ['one', 'two', 'three'].map(async (text, index) => await remind(client, text, 300 + index * 300)),
  );
  // Told on the web all the same, and on time.
  for (const reminder of reminders) {
    const told = await firedNotification(client, reminder);
    expect(told.deliveries).toContainEqual(expect.objectContaining({ channel: 'web', status: 'sent' }));
    expect(told.deliveries).toContainEqual(expect.objectContaining({ channel: 'redis', sent_at: null }));
  }
  redis = await startRedis(redisPort);
  for (const { id } of reminders) {
    const events = await until(
      'it is in the queue',
      async () => {
        const found = await about(id);
        return found.length > 0 && found;
      },
      60_000,
    );
    // At least once: whoever reads goes by the occurrence.
    expect(new Set(events.map(({ payload }) => payload.occurrence_id)).size).toBe(1);
  }
});

test('what was due for Redis when the program was killed is pushed by the next', async () => {
  await redis.stop();
  const reminder = await remind(client, 'after the crash', 200);
  await firedNotification(client, reminder);
  await famulus.kill9();
  redis = await startRedis(redisPort);
  famulus = await startProgram({ dataDir, port: famulus.port, env });
  await until('it is in the queue', async () => (await about(reminder.id)).length > 0, 60_000);
});

test('a queue without a Redis is refused at the start', async () => {
  const { code, stderr } = await runProgram(['start', '--data-dir', dataDir, '--services', 'api'], {
    env: { REDIS_QUEUE_TO_SECRETARY: QUEUE },
  });
  expect(code).toBe(1);
  expect(stderr).toContain('REDIS_QUEUE_TO_SECRETARY');
});
