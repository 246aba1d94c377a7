import type { Database } from '#platform/db/index.ts';
import { ADDS, mcpTool, type McpTool } from '#platform/mcp/index.ts';
import { createNotification as input, notification } from './contract.ts';
import { createNotification } from './service.ts';

/** Telling the user something, for MCP clients. */
export function notificationMcpTools(database: Database): McpTool[] {
  return [
    mcpTool(
      {
        name: 'notification_send',
        title: 'Notify the user',
        description: 'Tells the user something now, on their channels.',
        scope: 'notifications:write',
        hints: ADDS,
        input,
        output: notification,
      },
      async (body, { caller: { user_id } }) =>
        await database.asUser(user_id, async (tx) => await createNotification(tx, user_id, body)),
    ),
  ];
}
