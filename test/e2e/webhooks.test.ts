import { afterAll, beforeAll, expect, test } from 'vitest';

import { createClient, type Client } from '#test/client.ts';
import { createUserAndToken, startProgram, type Program } from '#test/program.ts';
import { remind } from '#test/records.ts';
import { until } from '#test/until.ts';
import { isSignedBy, startWebhookReceiver, type WebhookReceiver } from '#test/webhook-receiver.ts';

let receiver: WebhookReceiver;
let famulus: Program;
let client: Client;

beforeAll(async () => {
  receiver = await startWebhookReceiver();
  famulus = await startProgram({ env: { OUTBOUND_ALLOW: new URL(receiver.url).host } });
  client = createClient(famulus, await createUserAndToken(famulus));
});
afterAll(async () => {
  await famulus.remove();
  await receiver.close();
});

interface Webhook {
  id: string;
  secret: string;
}

test('a reminder that fires reaches a webhook within a moment, with its words and times, signed', async () => {
  const { status, body: hook } = await client.post<Webhook>('/api/webhooks', {
    url: receiver.url,
    events: ['reminder.fired'],
  });
  expect(status).toBe(201);
  const reminder = await remind(client, 'stretch your legs', 300);
  const message = await until('it came', () => receiver.received[0]);
  expect(isSignedBy(message, hook.secret)).toBe(true);
  expect(message.headers['content-type']).toBe('application/json');
  expect(message.body).toMatchObject({
    type: 'reminder.fired',
    data: {
      reminder_id: reminder.id,
      late_ms: expect.any(Number) as number,
      subject: `reminder:${reminder.id}`,
      reminder: {
        id: reminder.id,
        payload: { text: 'stretch your legs' },
        timezone: expect.any(String) as string,
      },
      notification: { kind: 'reminder', message: expect.stringContaining('stretch your legs') as string },
    },
  });
  const path = `/api/webhooks/${hook.id}`;
  const shown = await until('it is noted', async () => {
    const { body } = await client.get<{ items: { id: string; status: string }[] }>(`${path}/deliveries`);
    return body.items[0]?.status === 'sent' && body.items;
  });
  expect(shown).toMatchObject([{ id: message.id, response_status: 204, attempts: 1 }]);
  expect((await client.post(`${path}/deliveries/${message.id}/replay`)).status).toBe(202);
  await until('it came again', () => receiver.received.length === 2);
  expect(receiver.received[1]!.id).toBe(message.id);
  const tested = await client.post<{ status: string }>(`${path}/test`);
  expect(tested).toMatchObject({ status: 200, body: { status: 'sent', event_type: 'webhook.test' } });
  expect((await client.delete(path)).status).toBe(204);
});

test('what is said reaches it as the thread has it', async () => {
  const { body: hook } = await client.post<Webhook>('/api/webhooks', {
    url: receiver.url,
    events: ['message.completed'],
  });
  const { body: thread } = await client.get<{ id: string }>('/api/threads/main');
  await client.post(`/api/threads/${thread.id}/messages?wait=20`, { text: 'what can you do?' });
  const message = await until('it came', () =>
    receiver.received.find(({ body }) => body.type === 'message.completed'),
  );
  expect(message.body.data).toMatchObject({
    thread_id: thread.id,
    message: { role: 'assistant', status: 'complete', thread_id: thread.id },
  });
  await client.delete(`/api/webhooks/${hook.id}`);
});

test('an address of the machine itself is called only where the operator allows it', async () => {
  const { port } = famulus;
  const { body: hook } = await client.post<Webhook>('/api/webhooks', {
    url: `http://127.0.0.1:${port}/api/setup`,
    events: ['*'],
  });
  const { body } = await client.post<{ status: string; error: string }>(`/api/webhooks/${hook.id}/test`);
  expect(body.status).toBe('failed');
  expect(body.error).toContain('OUTBOUND_ALLOW');
});
