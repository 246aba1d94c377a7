/**
 * What a thread of 5,000 messages costs beside one of 50: a page of its messages, from either end, and a turn in it with
 * `builtin/offline`. The short thread is the peer.
 */
import { connectToEmbedded } from '#test/embedded-connection.ts';
import { install } from '#test/installation.ts';
import { ask } from '#test/records.ts';
import { createReport, percentile } from './measure/report.ts';

const MESSAGES = { long: 5_000, short: 50 };
const ROUNDS = 200;
const TURNS = 50;

const report = createReport('long-thread', 'long');

await using famulus = await install('one process');
const { client, id: user_id } = await famulus.person();
const owner = await connectToEmbedded(famulus);
const main = await client.get<{ id: string; assistant_id: string }>('/api/threads/main');

/** Questions and replies in turn, as they are stored. */
async function thread(messages: number): Promise<string> {
  const { body } = await client.post<{ id: string }>('/api/threads', {
    assistant_id: main.body.assistant_id,
  });
  await owner.query(
    `insert into messages (id, thread_id, user_id, turn_id, seq, role, parts, status, channel)
     select gen_random_uuid(), $1::uuid, $2::uuid, md5($1::uuid::text || ((n + 1) / 2))::uuid, n,
       case when n % 2 = 1 then 'user' else 'assistant' end,
       jsonb_build_array(jsonb_build_object('type', 'text', 'text', 'Message ' || n || repeat(' and so on', 10))),
       'complete', 'web'
     from generate_series(1, $3::int) n`,
    [body.id, user_id, messages],
  );
  await owner.query('update threads set next_seq = $2 where id = $1', [body.id, messages + 1]);
  await owner.query('analyze messages');
  return body.id;
}

async function timed(work: () => Promise<unknown>, rounds: number): Promise<number[]> {
  const took: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const begun = performance.now();
    await work();
    took.push(performance.now() - begun);
  }
  return took;
}

try {
  const threads = { long: await thread(MESSAGES.long), short: await thread(MESSAGES.short) };
  for (const [name, id] of Object.entries(threads)) {
    for (const order of ['oldest', 'newest']) {
      const read = async () => await client.get(`/api/threads/${id}/messages?order=${order}&limit=50`);
      await timed(read, 20);
      const took = await timed(read, ROUNDS);
      report.add(name, `first page, ${order} first, p50`, percentile(took, 0.5), 'ms');
      report.add(name, `first page, ${order} first, p99`, percentile(took, 0.99), 'ms');
    }
    const say = async () => await ask(client, id, 'what time is it?');
    await timed(say, 10);
    const took = await timed(say, TURNS);
    report.add(name, 'a turn, p50', percentile(took, 0.5), 'ms');
    report.add(name, 'a turn, p99', percentile(took, 0.99), 'ms');
  }
} finally {
  await owner.end();
}
report.print();
