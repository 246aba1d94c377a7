import type { Feature, FeatureContext } from '#platform/feature/index.ts';
import { releaseNotification } from './hold.ts';
import { redisDelivery } from './jobs.ts';
import { notificationMcpTools } from './mcp.ts';
import { openRedisQueue } from './redis-queue.ts';
import { notificationRoutes } from './routes.ts';

export interface NotificationOptions {
  /** Where reminders that fire are told to other services; undefined: nowhere. */
  redis?: { url: string; queue: string } | undefined;
}

/** What users should know, and getting it to their channels. */
export function notificationsFeature({ database }: FeatureContext, { redis }: NotificationOptions): Feature {
  return {
    name: 'notifications',
    routes: notificationRoutes(database),
    mcp: notificationMcpTools(database),
    lanes: [
      { scope: 'delivery', handlers: [redisDelivery(redis && openRedisQueue(redis)), releaseNotification] },
    ],
  };
}
