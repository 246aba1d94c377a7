import type { Runtime } from '#app/runtime.ts';
import { startLaneService } from './lane-service.ts';
import type { Stop } from './service.ts';

/** Sends deliveries to the channels. */
export async function startCourier(runtime: Runtime): Promise<Stop> {
  return await Promise.resolve(
    startLaneService(runtime, { name: 'courier', scopes: ['delivery'], concurrency: 16 }),
  );
}
