/*
 * Loaded before the program (`node --import`): lets it run as it is, and end itself at the point that FAULT_POINT
 * names, in the pass that FAULT_PASSES counts.
 */
import { armPostgres } from './postgres-points.ts';
import { armRedis } from './redis-points.ts';

armPostgres();
const { REDIS_URL, REDIS_QUEUE_TO_SECRETARY } = process.env;
if (REDIS_URL && REDIS_QUEUE_TO_SECRETARY && process.env['FAULT_POINT']?.startsWith('send.')) {
  process.env['REDIS_URL'] = await armRedis(REDIS_URL, REDIS_QUEUE_TO_SECRETARY);
}
