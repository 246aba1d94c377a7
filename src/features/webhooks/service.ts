import { record } from '#features/activity/index.ts';
import type { Database, Tx } from '#platform/db/index.ts';
import type { Encryption } from '#platform/encryption/index.ts';
import { AppError } from '#platform/errors/index.ts';
import { newId } from '#platform/ids/index.ts';
import { hurryLane } from '#platform/lanes/index.ts';
import type { CreateWebhook, EventType, UpdateWebhook, Webhook } from './contract.ts';
import { scopesOfEvents } from './event-types.ts';
import { webhookLane } from './lanes.ts';
import {
  countWebhooks,
  deleteWebhookRow,
  insertWebhook,
  lockSecret,
  selectWebhook,
  startAnew,
  updateSecrets,
  updateWebhookRow,
} from './queries/webhooks.ts';
import { newSecret, OLD_SECRET_MS, openSecret, sealSecret } from './secrets.ts';
import { tellChanged } from './tell.ts';

const MAX_WEBHOOKS = 20;

export interface WebhookDeps {
  database: Database;
  encryption: Encryption;
}

interface Asking {
  user_id: string;
  scopes: readonly string[];
}

function notFound(): AppError {
  return new AppError({ code: 'webhooks.not_found', kind: 'not_found', message: 'There is no such webhook' });
}

/** A webhook is told no more than who sets it up may read. */
function checkScopes(asking: Asking, events: readonly string[]): void {
  const needed = scopesOfEvents(events as (EventType | '*')[]);
  const missing = [...needed].filter((scope) => !asking.scopes.includes(scope));
  if (missing.length === 0) return;
  throw new AppError({
    code: 'auth.scope',
    kind: 'forbidden',
    message: `these events need the scopes ${missing.join(', ')}`,
  });
}

/** @throws AppError `webhooks.not_found` */
export async function getWebhook(tx: Tx, userId: string, id: string): Promise<Webhook> {
  const found = await selectWebhook(tx.db, userId, id);
  if (!found) throw notFound();
  return found;
}

async function checkCount(tx: Tx, userId: string): Promise<void> {
  if ((await countWebhooks(tx.db, userId)) < MAX_WEBHOOKS) return;
  throw new AppError({
    code: 'webhooks.too_many',
    kind: 'conflict',
    message: `There are ${MAX_WEBHOOKS} webhooks already: delete one first`,
  });
}

/**
 * Sets one up and answers it with its secret, the only time it is seen.
 * @throws AppError `auth.scope`, `webhooks.too_many`
 */
export async function createWebhook(
  { database, encryption }: WebhookDeps,
  asking: Asking,
  input: CreateWebhook,
): Promise<Webhook & { secret: string }> {
  checkScopes(asking, input.events);
  const { user_id } = asking;
  const id = newId();
  const secret = newSecret();
  const sealed = await sealSecret(encryption, id, 'secret', secret);
  const made = await database.asUser(user_id, async (tx) => {
    await checkCount(tx, user_id);
    await insertWebhook(tx.db, { id, user_id, ...input, secret: sealed });
    await record(tx, {
      user_id,
      actor: 'user',
      type: 'webhook.created',
      message: 'A webhook was set up',
      subject: `webhook:${id}`,
      metadata: { host: new URL(input.url).host, events: input.events },
    });
    tellChanged(tx, user_id, id);
    return await getWebhook(tx, user_id, id);
  });
  return { ...made, secret };
}

/** @throws AppError `webhooks.not_found`, `auth.scope` */
export async function updateWebhook(
  tx: Tx,
  asking: Asking,
  id: string,
  change: UpdateWebhook,
): Promise<Webhook> {
  const { user_id } = asking;
  const before = await getWebhook(tx, user_id, id);
  if (Object.keys(change).length === 0) return before;
  if (change.url !== undefined || change.events !== undefined)
    checkScopes(asking, change.events ?? before.events);
  await updateWebhookRow(tx.db, user_id, id, change);
  if (change.is_active === true && !before.is_active) await startAnew(tx.db, user_id, id);
  if (change.url !== undefined) await hurryLane(tx, webhookLane(id));
  if (change.url !== undefined && change.url !== before.url) {
    await record(tx, {
      user_id,
      actor: 'user',
      type: 'webhook.changed',
      message: 'A webhook got another address',
      subject: `webhook:${id}`,
      metadata: { host: new URL(change.url).host },
    });
  }
  tellChanged(tx, user_id, id);
  return await getWebhook(tx, user_id, id);
}

/** @throws AppError `webhooks.not_found` */
export async function deleteWebhook(tx: Tx, userId: string, id: string): Promise<void> {
  if (!(await deleteWebhookRow(tx.db, userId, id))) throw notFound();
  await record(tx, {
    user_id: userId,
    actor: 'user',
    type: 'webhook.deleted',
    message: 'A webhook was deleted',
    subject: `webhook:${id}`,
  });
  tellChanged(tx, userId, id);
}

/**
 * Gives it a new secret; for a day the one before signs, too.
 * @throws AppError `webhooks.not_found`
 */
export async function rotateSecret(
  { database, encryption }: WebhookDeps,
  userId: string,
  id: string,
): Promise<Webhook & { secret: string }> {
  const secret = newSecret();
  const sealed = await sealSecret(encryption, id, 'secret', secret);
  for (;;) {
    const current = await database.asUser(userId, async (tx) => await lockSecret(tx.db, userId, id));
    if (!current) throw notFound();
    const old = await openSecret(encryption, id, 'secret', current);
    const old_secret = await sealSecret(encryption, id, 'old_secret', old);
    const rotated = await database.asUser(userId, async (tx) => {
      // Another rotation, or that of the keys, may have been quicker.
      const now = await lockSecret(tx.db, userId, id);
      if (!now?.equals(current)) return undefined;
      await updateSecrets(tx.db, id, { secret: sealed, old_secret, old_secret_ms: OLD_SECRET_MS });
      await record(tx, {
        user_id: userId,
        actor: 'user',
        type: 'webhook.secret_rotated',
        message: 'A webhook got a new secret',
        subject: `webhook:${id}`,
      });
      tellChanged(tx, userId, id);
      return await getWebhook(tx, userId, id);
    });
    if (rotated) return { ...rotated, secret };
  }
}
