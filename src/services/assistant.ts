import type { Runtime } from '#app/runtime.ts';
import { startLaneService } from './lane-service.ts';
import type { Stop } from './service.ts';

/** Runs turns, and says in the thread what reminders said. */
export async function startAssistant(runtime: Runtime): Promise<Stop> {
  await runtime.features.loadTurns();
  return startLaneService(runtime, { name: 'assistant', scopes: ['thread', 'occurrence'], concurrency: 16 });
}
