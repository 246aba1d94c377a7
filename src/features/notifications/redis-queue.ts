import type { RedisClientType } from 'redis';

/** Longer than any healthy Redis takes; after it the connection is given up for a new one. */
const PATIENCE_MS = 5_000;

export interface RedisQueue {
  /** Appends to the list; resolves once Redis has it. */
  push(text: string): Promise<void>;
  close(): void;
}

async function within<T>(promise: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`Redis did not answer within ${PATIENCE_MS} ms`)), PATIENCE_MS);
  });
  return await Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

/**
 * A Redis list at whose end texts are put. Connects with the first push; a connection that fails is given up, and the
 * next push makes another, so that whoever retries also reconnects.
 */
export function openRedisQueue({ url, queue }: { url: string; queue: string }): RedisQueue {
  let opened: Promise<RedisClientType> | undefined;
  let client: RedisClientType | undefined;

  function close(): void {
    const left = client;
    opened = undefined;
    client = undefined;
    if (left?.isOpen) left.destroy();
  }

  async function connect(): Promise<RedisClientType> {
    const { createClient } = await import('redis');
    const made: RedisClientType = createClient({
      url,
      disableOfflineQueue: true,
      socket: { reconnectStrategy: false, connectTimeout: PATIENCE_MS },
    });
    client = made;
    // Failures reach the push that meets them; without a listener they would end the process.
    made.on('error', () => {});
    await made.connect();
    // An idle connection keeps no process alive.
    made.unref();
    return made;
  }

  return {
    push: async (text) => {
      if (client && !client.isOpen) close();
      opened ??= connect();
      const mine = opened;
      try {
        await within(mine.then(async (redis) => await redis.rPush(queue, text)));
      } catch (error) {
        if (opened === mine) close();
        throw error;
      }
    },
    close,
  };
}
