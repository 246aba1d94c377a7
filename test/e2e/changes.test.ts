import { randomBytes } from 'node:crypto';

import { expect, test } from 'vitest';

import { createClient } from '#test/client.ts';
import { createUserAndToken, startProgram } from '#test/program.ts';
import { signIn } from '#test/sign-in.ts';

/* What is changed on one screen is told to the user's others: by id alone, and to nobody else. */

test("a user's other screens hear of every change, deletions too", async () => {
  await using famulus = await startProgram();
  const account = { email: 'ann@example.test', password: randomBytes(12).toString('hex') };
  const ann = await createUserAndToken(famulus, { ...account, admin: true });
  const bob = await createUserAndToken(famulus, { email: 'bob@example.test', name: 'Bob' });
  const client = createClient(famulus, { token: await signIn(famulus, account) });
  await using screen = await createClient(famulus, ann).events();
  await using stranger = await createClient(famulus, bob).events();

  /** What it is called, what it is about, and a request that is to be told of so. */
  async function told(
    type: string,
    thing: string,
    id: string | undefined,
    change: () => Promise<{ status: number; body: unknown }>,
  ): Promise<string> {
    const before = screen.received.length;
    const answer = await change();
    expect(answer.status, `${type}: ${JSON.stringify(answer.body)}`).toBeLessThan(300);
    const about = id ?? (answer.body as { id: string }).id;
    const event = await screen.waitFor(
      (one) =>
        screen.received.indexOf(one) >= before && one.type === type && one.subject === `${thing}:${about}`,
    );
    expect(event.payload).toEqual({ [`${thing}_id`]: about });
    return about;
  }

  const secretary = await client.get<{ items: { id: string }[] }>('/api/assistants');
  const [{ id: assistant_id } = { id: '' }] = secretary.body.items;
  const words = 'nobody but ann may read this';

  const memory = await told(
    'memory.updated',
    'memory',
    undefined,
    async () => await client.post('/api/memories', { key: 'k', value: words }),
  );
  await told(
    'memory.updated',
    'memory',
    memory,
    async () => await client.patch(`/api/memories/${memory}`, { pinned: true }),
  );
  await told('memory.updated', 'memory', memory, async () => await client.delete(`/api/memories/${memory}`));

  const tool = await told(
    'tool.updated',
    'tool',
    undefined,
    async () => await client.post('/api/tools', { name: 'lamp', description: words, tool_type: 'http' }),
  );
  await told(
    'tool.updated',
    'tool',
    tool,
    async () => await client.patch(`/api/tools/${tool}`, { description: 'x' }),
  );

  const cook = await told(
    'assistant.updated',
    'assistant',
    undefined,
    async () => await client.post('/api/assistants', { name: words }),
  );
  const link = `/api/assistants/${cook}/tools/${tool}`;
  await told('assistant.updated', 'assistant', cook, async () => await client.put(link, {}));
  await told('assistant.updated', 'assistant', cook, async () => await client.delete(link));
  // The one that was the secretary is it no more.
  await told(
    'assistant.updated',
    'assistant',
    assistant_id,
    async () => await client.patch(`/api/assistants/${cook}`, { is_secretary: true }),
  );
  await told(
    'assistant.updated',
    'assistant',
    assistant_id,
    async () => await client.delete(`/api/assistants/${assistant_id}`),
  );
  await told('tool.updated', 'tool', tool, async () => await client.delete(`/api/tools/${tool}`));

  const thread = await told(
    'thread.updated',
    'thread',
    undefined,
    async () => await client.post('/api/threads', { assistant_id: cook }),
  );
  const path = `/api/threads/${thread}`;
  // Named by its first message.
  await told(
    'thread.updated',
    'thread',
    thread,
    async () => await client.post(`${path}/messages`, { text: words }),
  );
  await told('thread.updated', 'thread', thread, async () => await client.patch(path, { title: words }));
  await told('thread.updated', 'thread', thread, async () => await client.patch(path, { archived: true }));
  await told('thread.updated', 'thread', thread, async () => await client.delete(path));
  await told('thread.updated', 'thread', undefined, async () => await client.get('/api/threads/main'));

  const token = await told(
    'token.updated',
    'token',
    undefined,
    async () => await client.post('/api/tokens', { name: words }),
  );
  await told('token.updated', 'token', token, async () => await client.delete(`/api/tokens/${token}`));

  const invitation = await told(
    'invitation.updated',
    'invitation',
    undefined,
    async () => await client.post('/api/invitations', {}),
  );
  await told(
    'invitation.updated',
    'invitation',
    invitation,
    async () => await client.delete(`/api/invitations/${invitation}`),
  );

  const before = screen.received.length;
  await signIn(famulus, account);
  const { subject } = await screen.waitFor(
    (one) => screen.received.indexOf(one) >= before && one.type === 'session.updated',
  );
  const session = subject!.replace('session:', '');
  await told(
    'session.updated',
    'session',
    session,
    async () => await client.delete(`/api/sessions/${session}`),
  );

  const all = JSON.stringify(screen.received.filter(({ type }) => type !== 'message.delta'));
  expect(all).not.toContain(words);
  expect(stranger.received).toEqual([]);
});
