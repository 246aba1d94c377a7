import { record } from '#features/activity/index.ts';
import type { Tx } from '#platform/db/index.ts';
import { AppError } from '#platform/errors/index.ts';
import type { McpToolConfig, ServerToolShown, UpdateServerTool } from './contract.ts';
import { lockServer, type ServerRow } from './queries/servers.ts';
import { selectMcpTool, updateMcpTool, type McpToolRow } from './queries/tools.ts';
import { isCallable } from './reconcile.ts';
import { noSuchServer, tellServer } from './servers.ts';

/** A tool as admins see it: with what its server says of it now, where that is something else. */
export function shownTool({ config, ...row }: McpToolRow): ServerToolShown {
  const { remote_name, annotations, is_enabled, is_trusted, is_gone, problem, pending } = config;
  return {
    ...row,
    remote_name,
    annotations,
    is_enabled,
    is_trusted,
    is_gone,
    problem,
    pending: pending && withoutProblem(pending),
  };
}

function withoutProblem({ problem: _, ...shown }: NonNullable<McpToolConfig['pending']>) {
  return shown;
}

async function lockTool(
  tx: Tx,
  serverId: string,
  toolId: string,
): Promise<{ server: ServerRow; tool: McpToolRow }> {
  const server = await lockServer(tx.db, serverId);
  if (!server) throw noSuchServer();
  const tool = await selectMcpTool(tx.db, toolId);
  if (tool?.config.server_id === serverId) return { server, tool };
  throw new AppError({
    code: 'mcp.no_such_tool',
    kind: 'not_found',
    message: 'The MCP server has no such tool',
  });
}

async function changed(tx: Tx, adminId: string, serverId: string, tool: McpToolRow, what: string) {
  await tellServer(tx, serverId);
  await record(tx, {
    user_id: adminId,
    actor: 'user',
    type: 'mcp_server.tool_changed',
    message: `The MCP tool ${tool.name} was ${what}`,
    subject: `tool:${tool.id}`,
  });
  return shownTool((await selectMcpTool(tx.db, tool.id))!);
}

/** @throws AppError `mcp.no_such_server`, `mcp.no_such_tool` */
export async function updateServerTool(
  tx: Tx,
  adminId: string,
  ids: { server_id: string; tool_id: string },
  { approval, ...wishes }: UpdateServerTool,
): Promise<ServerToolShown> {
  const { server, tool } = await lockTool(tx, ids.server_id, ids.tool_id);
  const given = Object.fromEntries(Object.entries(wishes).filter(([, value]) => value !== undefined));
  const config: McpToolConfig = { ...tool.config, ...given };
  await updateMcpTool(tx.db, tool.id, { config, approval, is_active: isCallable(config, server) });
  return await changed(tx, adminId, ids.server_id, tool, 'changed');
}

/**
 * What the server says of the tool now takes the place of what was accepted before; from then on calls go by the policy
 * again. `lookedAt` is the digest of the change that was looked at.
 * @throws AppError `mcp.no_such_server`, `mcp.no_such_tool`, `mcp.nothing_pending`
 */
export async function acceptChange(
  tx: Tx,
  adminId: string,
  ids: { server_id: string; tool_id: string },
  lookedAt: string | undefined,
): Promise<ServerToolShown> {
  const { server, tool } = await lockTool(tx, ids.server_id, ids.tool_id);
  const { pending } = tool.config;
  if (!pending || (lookedAt !== undefined && lookedAt !== pending.digest)) {
    throw new AppError({
      code: 'mcp.nothing_pending',
      kind: 'conflict',
      message: pending
        ? 'The tool has changed once more: look at it again'
        : 'There is no change of this tool to accept',
    });
  }
  const { digest, problem, ...offer } = pending;
  const config: McpToolConfig = {
    ...tool.config,
    digest,
    problem,
    annotations: offer.annotations,
    changed: false,
    pending: null,
    // Trust was in what it said of itself before.
    is_trusted: tool.config.is_trusted && offer.annotations.idempotent,
  };
  await updateMcpTool(tx.db, tool.id, { config, offer, is_active: isCallable(config, server) });
  return await changed(tx, adminId, ids.server_id, tool, 'accepted as it is now');
}
