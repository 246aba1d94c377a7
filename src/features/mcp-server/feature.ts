import type { Feature, FeatureContext } from '#platform/feature/index.ts';
import type { McpTool } from '#platform/mcp/index.ts';
import { mcpRoutes } from './routes.ts';

export interface McpServerParts {
  /** What all features offer; asked for with the first message. */
  tools: () => McpTool[];
  version: string;
  publicUrl: string | undefined;
  corsOrigins: readonly string[];
}

/** Famulus as an MCP server: other programs' models use what is the user's. */
export function mcpServerFeature(
  { log }: FeatureContext,
  { tools, version, publicUrl, corsOrigins }: McpServerParts,
): Feature {
  const load = async () => {
    // Fifty megabytes of memory and half a second that most installations never need.
    const { createProtocol } = await import('./protocol.ts');
    return createProtocol({ tools: tools(), version, log });
  };
  return { name: 'mcp-server', routes: mcpRoutes({ load, publicUrl, corsOrigins }) };
}
