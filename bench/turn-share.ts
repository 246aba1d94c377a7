/**
 * Our own part of a turn with a provider that answers at once: from the message sent to the request at the provider, and
 * from its last byte to `message.completed` at the client; and how long a piece of text takes from the provider to the
 * client. Beside the AI SDK alone, which stores nothing. `--seconds 10` for a shorter one.
 */
import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { setTimeout as sleep } from 'node:timers/promises';

import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import { streamText } from 'ai';
import { lastSaid, startChatServer } from '#test/fakes/chat-server.ts';
import { install, shapes, type Installation, type Person, type Shape } from '#test/installation.ts';
import type { EventReader } from '#test/event-reader.ts';
import { mainThreadOf, type Sent } from '#test/records.ts';
import { createReport, percentile } from './measure/report.ts';

const { values } = parseArgs({ options: { seconds: { type: 'string', default: '30' } } });
const SECONDS = Number(values.seconds);
const PER_SECOND = 10;
const AT_ONCE = 50;
const PEOPLE = 5;
const WARM_UP = 40;
const PEER = 'the AI SDK alone';

/** When what of a turn happened, in ms of this process. */
interface Times {
  sent: number;
  asked?: number;
  said?: number;
  answered?: number;
  heard?: number;
  completed?: number;
}

const turns = new Map<string, Times>();
const report = createReport('turn-share', 'famulus');

function clock(): number {
  return performance.timeOrigin + performance.now();
}

await using provider = await startChatServer((request) => {
  const times = turns.get(lastSaid(request));
  if (times) times.asked = clock();
  return {
    text: ['Of course.'],
    before: async () => {
      if (times) times.said = clock();
      await Promise.resolve();
    },
    after: async () => {
      if (times) times.answered = clock();
      await Promise.resolve();
    },
  };
});

interface Talker extends Person {
  thread: string;
  events: EventReader;
}

/** Sends a message and waits until its reply is complete, as the event stream tells. */
async function turn({ client, thread, events }: Talker, text: string): Promise<void> {
  const times: Times = { sent: clock() };
  turns.set(text, times);
  const { body } = await client.post<Sent>(`/api/threads/${thread}/messages`, { text });
  const done = await events.waitFor(
    ({ type, payload }) => type === 'message.completed' && payload['turn_id'] === body.turn_id,
    60_000,
  );
  times.completed = done.received_at;
  const delta = events.received.find(
    ({ type, payload }) => type === 'message.delta' && payload['message_id'] === done.payload['message_id'],
  );
  if (delta) times.heard = delta.received_at;
}

function note(engine: string, what: string): void {
  const all = [...turns.values()];
  const before = all.flatMap(({ sent, asked }) => (asked === undefined ? [] : [asked - sent]));
  const after = all.flatMap(({ answered, completed }) =>
    answered === undefined || completed === undefined ? [] : [completed - answered],
  );
  const forward = all.flatMap(({ said, heard }) =>
    said === undefined || heard === undefined ? [] : [heard - said],
  );
  for (const [part, took] of [
    ['message in to request out', before],
    ['last byte to completed', after],
    ['first text forwarded', forward],
  ] as const) {
    report.add(engine, `${what}: ${part}, p50`, percentile(took, 0.5), 'ms');
    report.add(engine, `${what}: ${part}, p99`, percentile(took, 0.99), 'ms');
  }
  turns.clear();
}

async function people(famulus: Installation): Promise<Talker[]> {
  const talkers: Talker[] = [];
  for (let n = 0; n < PEOPLE; n++) {
    const person = await famulus.person({ email: `user${n}@example.test`, name: `User ${n}` });
    const { client } = person;
    talkers.push({ ...person, thread: await mainThreadOf(client), events: await client.events() });
  }
  return talkers;
}

async function measure(shape: Shape): Promise<void> {
  await using famulus = await install(shape, { ...provider.env, DEFAULT_MODEL: provider.model });
  const talkers = await people(famulus);
  const talker = (n: number) => talkers[n % talkers.length]!;
  for (let n = 0; n < WARM_UP; n++) await turn(talker(n), `warm-up ${n}`);
  turns.clear();
  const first = provider.asked.length;
  const running: Promise<void>[] = [];
  for (let n = 0; n < SECONDS * PER_SECOND; n++) {
    running.push(turn(talker(n), `${shape} ${n}`));
    await sleep(1_000 / PER_SECOND);
  }
  await Promise.all(running);
  note('famulus', `${PER_SECOND}/s, ${shape}`);
  report.add(
    'famulus',
    `bytes of a request, ${shape}, most`,
    Math.max(...provider.asked.slice(first).map(({ bytes }) => bytes)),
    'B',
  );
  // Threads of their own, so that none waits for another.
  const threads = await Promise.all(
    Array.from({ length: AT_ONCE }, async (_, n) => {
      const one = talker(n);
      const { body } = await one.client.get<{ assistant_id: string }>(`/api/threads/${one.thread}`);
      const made = await one.client.post<{ id: string }>('/api/threads', { assistant_id: body.assistant_id });
      return { ...one, thread: made.body.id };
    }),
  );
  await Promise.all(threads.map(async (one, n) => await turn(one, `${shape} at once ${n}`)));
  note('famulus', `${AT_ONCE} at once, ${shape}`);
  for (const { events } of talkers) await events.close();
}

async function measurePeer(): Promise<void> {
  const model = createOpenAICompatible({ name: 'peer', baseURL: `${provider.url}/v1` }).chatModel('scripted');
  for (let n = 0; n < SECONDS * PER_SECOND; n++) {
    const text = `peer ${n}`;
    const times: Times = { sent: clock() };
    turns.set(text, times);
    const { textStream } = streamText({ model, prompt: text });
    for await (const _ of textStream) times.heard ??= clock();
    times.completed = clock();
  }
  note(PEER, `${PER_SECOND}/s, one process`);
}

const load = loadavg()[0]!.toFixed(1);
for (const shape of shapes) await measure(shape);
await measurePeer();
console.log(`${SECONDS} s at ${PER_SECOND} turns/s, load before ${load}, Node ${process.version}\n`);
report.print();
