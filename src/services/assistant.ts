import type { Runtime } from '#app/runtime.ts';
import { startWording } from '#features/reminders/index.ts';
import { startLaneService } from './lane-service.ts';
import type { Stop } from './service.ts';

/** Runs turns, words reminders before they come, says in the thread what they said, and has vectors made of memories. */
export async function startAssistant(runtime: Runtime): Promise<Stop> {
  await runtime.features.loadTurns();
  const { database, signals, features, log } = runtime;
  const stopWording = startWording({ database, signals, models: features.models, log });
  const stopLanes = startLaneService(runtime, {
    name: 'assistant',
    scopes: ['thread', 'occurrence', 'memory'],
    concurrency: 16,
  });
  return async (deadlineMs) => {
    await Promise.all([stopWording(), stopLanes(deadlineMs)]);
  };
}
