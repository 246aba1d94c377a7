import { defineRowTool, type OutsideTool, type ToolDefinition } from '#features/tools/index.ts';
import type { Database } from '#platform/db/index.ts';
import { AppError } from '#platform/errors/index.ts';
import type { McpClients } from './clients.ts';
import { mcpToolConfig, type McpToolConfig } from './contract.ts';
import { selectMcpTool } from './queries/tools.ts';

/** Beyond a server's own limit of 120 s: the connection and its list of tools come before the call. */
const TIMEOUT_MS = 170_000;

function configOf({ config }: Pick<ToolDefinition, 'config'>): McpToolConfig | undefined {
  return mcpToolConfig.safeParse(config).data;
}

function notThere(name: string): AppError {
  return new AppError({
    code: 'mcp.no_such_tool',
    kind: 'not_found',
    message: `"${name}" is not there any more: no attached MCP server offers it`,
  });
}

/** Tools of attached MCP servers. */
export function mcpExecutor(database: Pick<Database, 'system'>, clients: McpClients): OutsideTool {
  /** The row decides, as it is at the moment of the call: users could make one of their own that names a server. */
  async function requireAsAccepted({ id, name, config }: ToolDefinition): Promise<McpToolConfig> {
    const tool = await selectMcpTool(database.system, id);
    if (!tool?.is_active) throw notThere(name);
    const known = configOf({ config });
    if (tool.config.digest === known?.digest && tool.config.changed === known.changed) return tool.config;
    throw new AppError({
      code: 'mcp.tool_changed',
      kind: 'conflict',
      message: `"${name}" has changed meanwhile. It was not called; it can be called again in the next turn.`,
    });
  }

  return defineRowTool({
    tool_type: 'mcp',
    timeout_ms: TIMEOUT_MS,
    traits: (tool) => {
      const config = configOf(tool);
      const repeats = config?.is_trusted === true && config.annotations.idempotent;
      return { effect: 'outside', taints: true, after_crash: repeats ? 'repeat' : 'ask' };
    },
    run: async (input, { tool, signal }) => {
      const { server_id, remote_name } = await requireAsAccepted(tool);
      return await clients.call(server_id, {
        remote_name,
        arguments: input,
        signal,
        check: async () => void (await requireAsAccepted(tool)),
      });
    },
  });
}
