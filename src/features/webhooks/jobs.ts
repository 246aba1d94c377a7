import { record } from '#features/activity/index.ts';
import { notify } from '#features/notifications/index.ts';
import type { HeldTx, Tx } from '#platform/db/index.ts';
import type { Encryption } from '#platform/encryption/index.ts';
import { messageOf } from '#platform/errors/index.ts';
import type { Fetch } from '#platform/outbound/index.ts';
import { hurryLane, RetryIn, type ClaimedItem, type LaneHandler, type Lease } from '#platform/lanes/index.ts';
import { TEST_EVENT } from './event-types.ts';
import { DELIVER, deliveryTopic, webhookLane } from './lanes.ts';
import { objectsOf, type Objects } from './objects.ts';
import {
  noteFailure,
  noteSent,
  reopenDeliveries,
  selectToSend,
  setAttempt,
  type AttemptRow,
  type ToSend,
} from './queries/deliveries.ts';
import { disableWebhook } from './queries/webhooks.ts';
import { nextWait } from './retry-waits.ts';
import { openSecret } from './secrets.ts';
import { send, type Attempt } from './send.ts';
import { signatureHeaders } from './sign.ts';
import { tellChanged } from './tell.ts';

/** Failed attempts in a row, of whatever, after which a webhook is switched off; one event alone has fewer. */
const MAX_FAILURES = 50;

/** Starts of an item: attempts are counted by the delivery itself, and a crash is none. */
const MAX_STARTS = 1_000;

export interface DeliverDeps {
  fetch: Fetch;
  encryption: Encryption;
}

/** What a receiver reads: the event with ids, and what it is about beside it. */
function bodyOf(delivery: ToSend, objects: Objects): string {
  const { event_type: type, event_at, event_seq, subject, payload } = delivery;
  const event = event_seq === null ? {} : { seq: event_seq, subject };
  return JSON.stringify({ type, timestamp: event_at, data: { ...payload, ...event, ...objects } });
}

async function secretsOf(
  encryption: Encryption,
  { webhook_id, secret, old_secret }: ToSend,
): Promise<string[]> {
  const current = await openSecret(encryption, webhook_id, 'secret', secret);
  if (!old_secret) return [current];
  return [current, await openSecret(encryption, webhook_id, 'old_secret', old_secret)];
}

/** Ends a delivery with its item; who waits for a test hears of it. */
async function end(tx: HeldTx, { id }: ToSend, row: Omit<AttemptRow, 'next_in_ms'>): Promise<void> {
  await setAttempt(tx.db, id, { ...row, next_in_ms: null });
  tx.hint(deliveryTopic(id));
}

const words = {
  gone: 'answered that it is gone (410)',
  failing: 'failed again and again for too long',
};

async function switchOff(
  tx: Tx,
  { user_id, webhook_id, url }: ToSend,
  reason: keyof typeof words,
): Promise<void> {
  if (!(await disableWebhook(tx.db, webhook_id, reason))) return;
  const message = `The webhook to ${new URL(url).host} ${words[reason]}. It is switched off.`;
  const subject = `webhook:${webhook_id}`;
  await record(tx, {
    user_id,
    actor: 'system',
    type: 'webhook.disabled',
    level: 'error',
    message,
    subject,
    metadata: { reason },
  });
  await notify(tx, [{ user_id, kind: 'system', message, priority: 4, tags: ['webhook'], subject }], {
    redis: false,
  });
  tellChanged(tx, user_id, webhook_id);
}

async function taken(lease: Lease, delivery: ToSend, attempt: Attempt): Promise<void> {
  const { status = null, duration_ms } = attempt;
  await lease.finish(async (tx) => {
    const row = { status: 'sent', attempts: delivery.attempts + 1, error: null } as const;
    await end(tx, delivery, { ...row, response_status: status, duration_ms });
    await noteSent(tx.db, delivery.webhook_id);
    // It is there again: what waits for it need not wait longer.
    if (delivery.event_type === TEST_EVENT) await hurryLane(tx, webhookLane(delivery.webhook_id));
  });
}

async function failed(lease: Lease, delivery: ToSend, attempt: Attempt): Promise<void> {
  const { status, error = 'it failed', duration_ms, retry_after_ms } = attempt;
  const isTest = delivery.event_type === TEST_EVENT;
  const attempts = delivery.attempts + 1;
  const row = { attempts, response_status: status ?? null, error, duration_ms };
  const wait = isTest ? undefined : nextWait({ attempt: attempts, status, retry_after_ms });
  const tooMany = delivery.failures + 1 >= MAX_FAILURES;
  if (wait === undefined || tooMany) {
    await lease.finish(async (tx) => {
      await end(tx, delivery, { ...row, status: 'failed' });
      if (isTest) return;
      const refused = status !== undefined && [400, 413, 415, 422].includes(status);
      if (status === 410) await switchOff(tx, delivery, 'gone');
      else if (tooMany || !refused) await switchOff(tx, delivery, 'failing');
      await noteFailure(tx.db, delivery.webhook_id, error);
    });
    return;
  }
  await lease.transaction(async (tx) => {
    await setAttempt(tx.db, delivery.id, { ...row, status: 'pending', next_in_ms: wait });
    await noteFailure(tx.db, delivery.webhook_id, error);
  });
  throw new RetryIn(wait, { code: 'webhooks.attempt_failed', kind: 'unavailable', message: error });
}

function deliveryId(item: ClaimedItem): string {
  return (item.payload as { delivery_id: string }).delivery_id;
}

/**
 * Sends deliveries, at least once each: after a crash between a receiver's answer and its record one is sent again, with
 * the same id.
 */
export function deliverHandler({ fetch, encryption }: DeliverDeps): LaneHandler {
  return {
    kind: DELIVER,
    maxAttempts: MAX_STARTS,
    work: async (item, lease) => {
      const read = await lease.transaction(async (tx) => {
        const delivery = await selectToSend(tx.db, deliveryId(item));
        if (!delivery) return undefined;
        const { user_id, event_type, payload } = delivery;
        return { delivery, objects: await objectsOf(tx, user_id, event_type, payload) };
      });
      if (!read) return;
      const { delivery, objects } = read;
      if (!delivery.is_active && delivery.event_type !== TEST_EVENT) {
        const row = { attempts: delivery.attempts, response_status: null, duration_ms: null };
        await lease.finish(
          async (tx) => await end(tx, delivery, { ...row, status: 'cancelled', error: 'it is switched off' }),
        );
        return;
      }
      const { id, url } = delivery;
      const body = bodyOf(delivery, objects);
      const secrets = await secretsOf(encryption, delivery);
      const headers = signatureHeaders({ id, body, at: new Date(), secrets });
      const attempt = await send({ fetch, url, headers, body, signal: lease.signal });
      await (attempt.ok ? taken : failed)(lease, delivery, attempt);
    },
    onParked: async (tx, item, error) => {
      const delivery = await selectToSend(tx.db, deliveryId(item));
      if (!delivery) return;
      const { id, attempts } = delivery;
      const row = { attempts, response_status: null, duration_ms: null, next_in_ms: null };
      await setAttempt(tx.db, id, { ...row, status: 'failed', error: messageOf(error) });
    },
    onRetried: async (tx, item) => {
      const [, webhookId = ''] = /^webhook:([^/]+)/.exec(item.key) ?? [];
      await reopenDeliveries(tx.db, webhookId, [deliveryId(item)]);
    },
  };
}
