import { startFanOut } from '#features/webhooks/index.ts';
import type { Runtime } from '#app/runtime.ts';
import { startLaneService } from './lane-service.ts';
import type { Stop } from './service.ts';

/** Webhooks are worked apart, so that receivers that take their time hold up nobody's notifications. */
const WEBHOOKS_AT_ONCE = 64;
/** As many as a user can have: none waits for another. */
const WEBHOOKS_OF_A_USER = 20;

/** Sends deliveries to the channels, and events to webhooks. */
export async function startCourier(runtime: Runtime): Promise<Stop> {
  const { database, signals, log } = runtime;
  const stopDeliveries = startLaneService(runtime, {
    name: 'courier',
    scopes: ['delivery'],
    concurrency: 16,
  });
  const stopWebhooks = startLaneService(runtime, {
    name: 'webhooks',
    scopes: ['webhook'],
    concurrency: WEBHOOKS_AT_ONCE,
    userCap: WEBHOOKS_OF_A_USER,
  });
  const stopFanOut = startFanOut({
    database,
    signals,
    onError: (error) => log.error({ err: error }, 'events could not be given to webhooks'),
  });
  return await Promise.resolve(async (deadlineMs: number) => {
    await Promise.all([stopFanOut(), stopDeliveries(deadlineMs), stopWebhooks(deadlineMs)]);
  });
}
