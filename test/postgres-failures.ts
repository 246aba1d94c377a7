import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';

import { deriveSecret } from '#platform/crypto/index.ts';
import { connect } from '#platform/db/connection.ts';
import { install, type Installation, type Person, type Shape } from '#test/installation.ts';
import {
  readAll,
  remind,
  type MessageRecord,
  type NotificationRecord,
  type OccurrenceRecord,
  type ReminderRecord,
  type Sent,
} from '#test/records.ts';
import { seededRandom } from '#test/seeded-random.ts';
import { until } from '#test/until.ts';

const ROUNDS = 5;
const REMINDERS = 60;
const SPREAD_MS = 12_000;
/** From PostgreSQL's end until every process is ready again. */
const RECOVERY_MS = 10_000;
const SETTLE_MS = 30_000;

/** What every shape endures; each has a file of its own, so that they can run side by side. */
export function describePostgresFailures(shape: Shape): void {
  describe(`PostgreSQL fails under a program that goes on, ${shape}`, () => {
    const random = seededRandom();
    let famulus: Installation;
    let ann: Person;
    let thread: string;

    beforeAll(async () => {
      famulus = await install(shape);
      ann = await famulus.person();
    });
    beforeEach(async () => {
      const { body: main } = await ann.client.get<{ assistant_id: string }>('/api/threads/main');
      const { assistant_id } = main;
      thread = (await ann.client.post<{ id: string }>('/api/threads', { assistant_id })).body.id;
    });
    afterAll(async () => {
      await famulus[Symbol.asyncDispose]();
    });

    const processes = () => ['api', 'assistant', 'scheduler'].map((service) => famulus.running(service));

    async function allReady(): Promise<void> {
      for (const { url } of processes()) {
        await until(
          `${url} is ready`,
          async () => (await fetch(`${url}/readyz`).catch(() => undefined))?.status === 200,
          RECOVERY_MS,
        );
      }
    }

    /** Sends messages one after the other, each until it is accepted. Returns how many there were. */
    async function talk(isOver: () => boolean): Promise<number> {
      let count = 0;
      const answers: { status: number; body: unknown }[] = [];
      while (!isOver()) {
        const body = { text: 'what time is it?', client_message_id: `${thread}-${count}` };
        const answer = await ann.client
          .post<Sent>(`/api/threads/${thread}/messages`, body)
          .catch(() => undefined);
        if (answer) answers.push({ status: answer.status, body: answer.body });
        if (answer?.status === 202) count += 1;
        await sleep(100);
      }
      // Away is 503, which says to come back; nothing else may happen.
      expect(answers.filter(({ status }) => status !== 202 && status !== 503)).toEqual([]);
      return count;
    }

    /** What `fail` does to PostgreSQL now and then, while reminders come due and messages are sent, loses nothing. */
    async function survive(fail: () => Promise<void>): Promise<void> {
      const pids = processes().map(({ pid }) => pid);
      const reminders: ReminderRecord[] = [];
      for (let index = 0; index < REMINDERS; index += 1) {
        reminders.push(await remind(ann.client, `promise ${index}`, 2_000 + random.between(0, SPREAD_MS)));
      }
      let over = false;
      const sent = talk(() => over);
      for (let round = 0; round < ROUNDS; round += 1) {
        await sleep(random.between(500, 2_000));
        await fail();
        await allReady();
      }
      over = true;
      const count = await sent;
      await until(
        'all have come',
        async () => (await readAll<ReminderRecord>(ann.client, '/api/reminders?status=active')).length === 0,
        SETTLE_MS,
      );
      const messages = await until(
        'every message has its reply',
        async () => {
          const all = await readAll<MessageRecord>(ann.client, `/api/threads/${thread}/messages`);
          return all.length >= 2 * count && all.every(({ status }) => status === 'complete') && all;
        },
        SETTLE_MS,
      );
      expect(messages).toHaveLength(2 * count);
      expect(messages.map(({ seq }) => seq)).toEqual(messages.map((_, index) => index + 1));
      expect(new Set(messages.map(({ turn_id }) => turn_id)).size).toBe(count);
      const told = (await readAll<NotificationRecord>(ann.client, '/api/notifications')).map(
        ({ subject }) => subject,
      );
      for (const { id, next_fire_at } of reminders) {
        expect(told.filter((subject) => subject === `reminder:${id}`)).toHaveLength(1);
        const occurrences = await readAll<OccurrenceRecord>(ann.client, `/api/reminders/${id}/occurrences`);
        expect(occurrences).toMatchObject([{ due_at: next_fire_at, fate: 'delivered' }]);
      }
      // Nobody had to start anything again.
      expect(processes().map(({ pid }) => pid)).toEqual(pids);
    }

    // SIGINT: a fast shutdown, as before a restart.
    test.each(['SIGKILL', 'SIGINT'] as const)('its server ends by %s', async (signal) => {
      await survive(async () => {
        const pidFile = await readFile(join(famulus.dataDir, 'postgres/data/postmaster.pid'), 'utf8');
        process.kill(Number.parseInt(pidFile, 10), signal);
      });
    });

    test('its connections are cut', async () => {
      const secretKey = (await readFile(join(famulus.dataDir, 'secret_key'), 'utf8')).trim();
      const connection = {
        host: join(famulus.dataDir, 'postgres/run'),
        port: 5432,
        user: 'famulus',
        password: deriveSecret(secretKey, 'embedded postgres'),
        database: 'famulus',
      };
      await survive(async () => {
        const admin = await connect(connection, 'famulus test');
        await admin.query(
          `select pg_terminate_backend(pid) from pg_stat_activity where datname = 'famulus' and pid <> pg_backend_pid()`,
        );
        await admin.end();
      });
    });
  });
}
