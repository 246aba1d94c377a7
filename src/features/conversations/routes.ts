import type { Database } from '#platform/db/index.ts';
import type { Signals } from '#platform/events/signals.ts';
import type { Route } from '#platform/http/route.ts';
import { messageRoutes } from './routes/messages.ts';
import { summaryRoutes } from './routes/summaries.ts';
import { threadRoutes } from './routes/threads.ts';
import { turnRoutes } from './routes/turns.ts';

/** `/api/threads` and what is below it. */
export function conversationRoutes(from: { database: Database; signals: Signals }): Route[] {
  return [
    ...threadRoutes(from.database),
    ...messageRoutes(from),
    ...turnRoutes(from.database),
    ...summaryRoutes(from.database),
  ];
}
