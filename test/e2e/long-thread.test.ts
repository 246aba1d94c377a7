import { encode } from 'gpt-tokenizer/encoding/o200k_base';
import type pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { createClient, type Client } from '#test/client.ts';
import { connectToEmbedded } from '#test/embedded-connection.ts';
import { startFakeModels, type FakeModels } from '#test/fakes/aimock.ts';
import { createUserAndToken, startProgram, type Program } from '#test/program.ts';
import { ask, mainThreadOf, readAll, said, type MessageRecord, type Page } from '#test/records.ts';

/* A thread that is longer than what its assistant may send, with the real program and a model behind HTTP. */

const MESSAGES = 300;
const MAX_TOKENS = 4_000;
const FACT = 'The code of the garden door is 4711.';

let models: FakeModels;
let famulus: Program;
let client: Client;
let owner: pg.Client;

interface Body {
  messages: { role: string; content: unknown }[];
  tools?: unknown;
}

const wordsOf = ({ messages }: Body) => JSON.stringify(messages);
const asksForSummary = (body: Body) => wordsOf(body).includes('You write down what was said');
const sent = () => models.asked().map(({ body }) => body as Body);

beforeAll(async () => {
  models = await startFakeModels();
  // Knows what it is shown, and nothing else.
  models.mock.on({ predicate: () => true }, (request) => {
    const words = JSON.stringify(request.messages);
    const known = words.includes('4711') ? FACT : 'Nothing is known of a door.';
    return { content: words.includes('You write down what was said') ? `- ${known}` : known };
  });
  famulus = await startProgram({ env: { ...models.env('compatible'), DEFAULT_MODEL: 'compatible/small' } });
  client = createClient(famulus, await createUserAndToken(famulus));
  owner = await connectToEmbedded(famulus);
  const { body } = await client.get<Page<{ id: string; is_secretary: boolean }>>('/api/assistants');
  const { id } = body.items.find(({ is_secretary }) => is_secretary)!;
  await client.patch(`/api/assistants/${id}`, { settings: { max_context_tokens: MAX_TOKENS } });
}, 120_000);
afterAll(async () => {
  await owner?.end();
  await famulus?.remove();
  await models?.[Symbol.asyncDispose]();
});

/** Questions and replies in turn, the fact in the first. */
async function fill(threadId: string): Promise<void> {
  await owner.query(
    `insert into messages (id, thread_id, user_id, turn_id, seq, role, parts, status, channel)
     select gen_random_uuid(), t.id, t.user_id, md5(t.id::text || (n + 1) / 2)::uuid, n,
       case when n % 2 = 1 then 'user' else 'assistant' end,
       jsonb_build_array(jsonb_build_object('type', 'text', 'text', case when n = 1 then $3::text
         else 'This is message number ' || n || ' of many, about the weather and what there was for lunch.' end)),
       'complete', 'web'
     from threads t, generate_series(1, $2::int) n where t.id = $1`,
    [threadId, MESSAGES, FACT],
  );
  await owner.query('update threads set next_seq = $2 where id = $1', [threadId, MESSAGES + 1]);
}

test('what was said first is known after 300 messages, and no request is longer than allowed', async () => {
  const thread = await mainThreadOf(client);
  await fill(thread);
  const { reply } = await ask(client, thread, 'what is the code of the door?');
  expect(reply.model).toBe('compatible/small');
  expect(said(reply)).toBe(FACT);
  await ask(client, thread, 'and again?');
  const bodies = sent();
  expect(asksForSummary(bodies[0]!)).toBe(true);
  expect(asksForSummary(bodies[1]!)).toBe(false);
  for (const body of bodies) {
    const words = body.messages.map(({ content }) =>
      typeof content === 'string' ? content : JSON.stringify(content),
    );
    const tokens = encode(words.join('\n')).length + encode(JSON.stringify(body.tools ?? [])).length;
    expect(tokens).toBeLessThan(MAX_TOKENS);
  }
  const all = await readAll<MessageRecord>(client, `/api/threads/${thread}/messages`);
  expect(all.map(({ seq }) => seq)).toEqual(Array.from({ length: MESSAGES + 4 }, (_, index) => index + 1));
  const { body } = await client.get<Page<{ text: string; model: string }>>(
    `/api/threads/${thread}/summaries`,
  );
  expect(body.items.at(-1)).toMatchObject({ model: 'compatible/small', text: `- ${FACT}`, is_active: true });
});
