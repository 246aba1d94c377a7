import type { OutsideTool } from '#features/tools/index.ts';
import type { Feature, FeatureContext } from '#platform/feature/index.ts';
import { createClients, type ClientsOptions } from './clients.ts';
import { serverRoutes } from './routes/servers.ts';
import { serverToolRoutes } from './routes/tools.ts';
import { mcpExecutor } from './tools.ts';

/** MCP servers that an admin attaches, whose tools assistants use. */
export function mcpFeature(
  context: FeatureContext,
  options: ClientsOptions,
): Feature & { executor: OutsideTool } {
  const clients = createClients(context, options);
  return {
    name: 'mcp',
    routes: [...serverRoutes(context, clients, options), ...serverToolRoutes(context.database)],
    encrypted: [{ table: 'mcp_servers', column: 'secrets' }],
    executor: mcpExecutor(context.database, clients),
    close: async () => await clients.close(),
  };
}
