import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '#platform/ids/index.ts';
import { testDatabase } from '#test/database.ts';
import { createAssistant, createUser } from '#test/factories.ts';
import { explaining, type Explaining } from '#test/query-plans.ts';
import { selectLatestMessages, selectMessages, selectMessagesAfter } from './queries/messages.ts';
import { selectSummaryBefore } from './queries/summaries.ts';
import { selectThreads } from './queries/threads.ts';
import { selectLastQuestion, selectReply } from './queries/turns.ts';

/* Pages of long lists, as their user reads them: each by an index, and no more rows than are shown. */

const db = testDatabase();
const MESSAGES = 5_000;
const THREADS = 5_000;
const thread = newId();
let user: string;
let app: Explaining;

beforeAll(async () => {
  user = (await createUser(db.database.system)).id;
  const { id: assistant } = await createAssistant(db.database.system, { user_id: user });
  await db.owner.query(
    `insert into threads (id, user_id, assistant_id, last_message_at)
       select case n when 1 then $3::uuid else gen_random_uuid() end, $1::uuid, $2::uuid, now() - n * interval '1 minute'
       from generate_series(1, ${THREADS}) n`,
    [user, assistant, thread],
  );
  // A long thread, and as much again in others.
  await db.owner.query(
    `insert into messages (id, thread_id, user_id, turn_id, seq, role, parts, status, channel)
       select gen_random_uuid(), t.id, $1::uuid, md5(t.id::text || (n / 2))::uuid, n + 1,
              (array['user', 'assistant'])[n % 2 + 1], '[{"type": "text", "text": "hello"}]', 'complete', 'api'
       from (select id, case id when $2::uuid then ${MESSAGES} else 2 end as count from threads) t,
            generate_series(0, t.count - 1) n`,
    [user, thread],
  );
  await db.owner.query(
    `insert into summaries (id, thread_id, user_id, up_to_seq, text)
       select gen_random_uuid(), t.id, $1::uuid, n * 10, 'short'
       from (select id, case id when $2::uuid then 480 else 1 end as count from threads) t, generate_series(1, t.count) n`,
    [user, thread],
  );
  await db.owner.query('vacuum analyze threads, messages, summaries');
  app = await explaining(db, 'app');
  await sql`select set_config('app.user_id', ${user}, false)`.execute(app.db);
  // The first reads the catalogue as well.
  await selectMessages(app.db, thread, { limit: 1 });
  await selectThreads(app.db, user, { order: 'created', limit: 1 });
}, 60_000);
afterAll(async () => await app?.close());

const limit = 51;
const inTheMiddle = { last_message_at: new Date(Date.now() - 2_500 * 60_000), id: newId() };

test.each<[string, (db: Explaining['db']) => Promise<unknown[]>, string, number]>([
  [
    'the newest messages',
    async (at) => await selectMessages(at, thread, { order: 'newest', limit }),
    'messages_thread_id_seq_key',
    limit,
  ],
  [
    'newest messages from the middle on',
    async (at) => await selectMessages(at, thread, { order: 'newest', after: 2_500, limit }),
    'messages_thread_id_seq_key',
    limit,
  ],
  [
    'oldest messages from the middle on',
    async (at) => await selectMessages(at, thread, { after: 2_500, limit }),
    'messages_thread_id_seq_key',
    limit,
  ],
  [
    'the threads used last',
    async (at) => await selectThreads(at, user, { order: 'activity', limit }),
    'threads_by_activity',
    limit,
  ],
  [
    'threads used before the middle',
    async (at) => await selectThreads(at, user, { order: 'activity', after: inTheMiddle, limit }),
    'threads_by_activity',
    limit,
  ],
  [
    'the threads made last',
    async (at) => await selectThreads(at, user, { order: 'created', limit }),
    'threads_user',
    limit,
  ],
  [
    'the last message of the user',
    async (at) => [await selectLastQuestion(at, thread)],
    'messages_thread_id_seq_key',
    1,
  ],
  [
    'the latest messages behind a summary',
    async (at) => await selectLatestMessages(at, thread, { unsummarised_before: 5_000, limit }),
    'summaries_thread, messages_thread_id_seq_key',
    limit,
  ],
  [
    'the oldest messages behind a summary',
    async (at) => await selectMessagesAfter(at, thread, 2_000, limit),
    'messages_thread_id_seq_key',
    limit,
  ],
  [
    'the summary that goes furthest',
    async (at) => [await selectSummaryBefore(at, thread, 4_000)],
    'summaries_thread',
    1,
  ],
  [
    'a reply that stands',
    async (at) => {
      const { turn_id } = (await selectLastQuestion(db.database.system, thread))!;
      return [await selectReply(at, turn_id)];
    },
    'messages_one_per_turn',
    1,
  ],
])('%s: an index read', async (_, read, index, count) => {
  app.taken();
  const rows = await read(app.db);
  expect(rows).toHaveLength(count);
  expect(rows[0]).toBeDefined();
  const plans = app.taken();
  expect(plans).toHaveLength(1);
  const { nodes, pages } = plans[0]!;
  expect(
    nodes
      .map((node) => node['Index Name'])
      .filter(Boolean)
      .join(', '),
  ).toBe(index);
  expect(nodes.map((node) => node['Node Type'])).not.toContain('Sort');
  for (const node of nodes) expect(node['Rows Removed by Filter'] ?? 0).toBeLessThan(5);
  expect(pages).toBeLessThan(2 * limit);
});
