import { expect, test } from 'vitest';

import { createClient } from '#test/client.ts';
import { createUserAndToken, removeDataDir, startedDataDir, startProgram } from '#test/program.ts';
import { until } from '#test/until.ts';
import { isSignedBy, startWebhookReceiver } from '#test/webhook-receiver.ts';
import { repeated } from './repeated.ts';

const KILLS = repeated(12, 30);
/** Events to each kill: some go through, one is what it dies with. */
const EVENTS_TO_A_KILL = 4;

// The receiver's ledger is the truth: what it has got, in which order, and as which message.

test(
  'the courier is killed between sending and noting it, again and again: nothing is lost, and all of it comes in order',
  { timeout: 400_000 },
  async () => {
    await using receiver = await startWebhookReceiver();
    const dataDir = await startedDataDir();
    const env = { OUTBOUND_ALLOW: new URL(receiver.url).host };
    const rest = await startProgram({ dataDir, services: ['api', 'assistant', 'scheduler'], env });
    const startCourier = async () => await startProgram({ dataDir, services: ['courier'], env });
    let courier = await startCourier();
    try {
      const client = createClient(rest, await createUserAndToken(rest));
      const { body: hook } = await client.post<{ id: string; secret: string }>('/api/webhooks', {
        url: receiver.url,
        events: ['memory.updated'],
      });
      const killedWith: string[] = [];
      let restarting = Promise.resolve();
      receiver.react = async ({ id }) => {
        const isNew = receiver.received.filter((one) => one.id === id).length === 1;
        const count = new Set(receiver.received.map((one) => one.id)).size;
        if (!isNew || count % EVENTS_TO_A_KILL !== 0 || killedWith.length === KILLS) return 204;
        killedWith.push(id);
        const killed = courier.kill9();
        restarting = killed.then(async () => {
          courier = await startCourier();
        });
        await killed;
        return 204;
      };
      const made: string[] = [];
      for (let n = 0; n < KILLS * EVENTS_TO_A_KILL + 3; n += 1) {
        const { body } = await client.post<{ id: string }>('/api/memories', { key: `fact ${n}`, value: 'x' });
        made.push(body.id);
      }
      await until(
        'all are sent',
        async () => {
          await restarting;
          const { body } = await client.get<{ items: unknown[] }>(
            `/api/webhooks/${hook.id}/deliveries?status=pending`,
          );
          const ids = new Set(receiver.received.map(({ id }) => id));
          return ids.size === made.length && body.items.length === 0;
        },
        300_000,
      );
      expect(killedWith).toHaveLength(KILLS);
      const { received } = receiver;
      expect(received.every((message) => isSignedBy(message, hook.secret))).toBe(true);
      // First comings are in the order of the events, each event is one message, and what a courier died with came again.
      const firsts = received.filter(({ id }, index) => received.findIndex((one) => one.id === id) === index);
      expect(firsts.map(({ body }) => body.data['memory_id'])).toEqual(made);
      for (const id of killedWith)
        expect(received.filter((one) => one.id === id).length, id).toBeGreaterThanOrEqual(2);
      expect(received.length).toBeLessThanOrEqual(made.length + 2 * KILLS);
    } finally {
      await courier.stop();
      await rest.stop();
      await removeDataDir(dataDir);
    }
  },
);
