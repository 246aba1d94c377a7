/** What an idle stream of live events costs the process that serves it: heap and memory of each. Linux only. */
import { parseArgs } from 'node:util';
import { setTimeout as sleep } from 'node:timers/promises';

import { createClient } from '#test/client.ts';
import { freePort } from '#test/free-port.ts';
import { inspectable, liveHeap } from '#test/fuzz/live-heap.ts';
import { createUserAndToken, startProgram, type TestUser } from '#test/program.ts';
import { openWebSocket } from '#test/web-socket.ts';

import { memoryOf } from './measure/processes.ts';

const { values } = parseArgs({ options: { streams: { type: 'string', default: '500' } } });
const count = Number(values.streams);
/** A user may have a hundred. */
const PER_USER = 50;

const port = await freePort();
await using famulus = await startProgram({ env: inspectable(port) });
const users: TestUser[] = [];
for (let n = 0; n < count / PER_USER; n++)
  users.push(await createUserAndToken(famulus, { email: `user${n}@example.test`, name: `User ${n}` }));

async function measure() {
  await sleep(2_000);
  const heap = await liveHeap(port);
  return { heap, memory: memoryOf(famulus.pid).node };
}

/** Opens them, measures and closes them. */
async function cost(kind: string, open: (user: TestUser) => Promise<AsyncDisposable>) {
  // What the first one loads is no stream's.
  await (await open(users[0]!))[Symbol.asyncDispose]();
  const before = await measure();
  const streams = [];
  for (let n = 0; n < count; n++) streams.push(await open(users[n % users.length]!));
  const during = await measure();
  await Promise.all(streams.map(async (stream) => await stream[Symbol.asyncDispose]()));
  const after = await measure();
  const kilobytes = (megabytes: number) => Math.round((megabytes * 10_000) / count) / 10;
  console.log(
    JSON.stringify({
      bench: 'streams',
      kind,
      streams: count,
      heap_kb_each: kilobytes(during.heap - before.heap),
      memory_kb_each: kilobytes(during.memory - before.memory),
      heap_kb_each_left: kilobytes(after.heap - before.heap),
    }),
  );
}

await cost('sse', async (user) => await createClient(famulus, user).events());
await cost(
  'websocket',
  async ({ token }) => await openWebSocket(famulus, { headers: { authorization: `Bearer ${token}` } }),
);
