import type { server, serverTool } from '#features/mcp/contract.ts';
import { api } from '#web/lib/api.ts';
import { paged } from '#web/lib/paged.ts';
import { queryClient } from '#web/lib/query-client.ts';
import type { Wire } from '#web/lib/wire.ts';

export type McpServer = Wire<typeof server>;
export type McpServerTool = Wire<typeof serverTool>;

const path = '/api/mcp/servers';

export const mcpServersQuery = paged<McpServer>({ queryKey: ['mcp-servers', 'list'], path });

export function serverToolsQuery(serverId: string) {
  return paged<McpServerTool>({
    queryKey: ['mcp-servers', 'tools', serverId],
    path: `${path}/${serverId}/tools`,
  });
}

export async function refreshMcpServers(): Promise<void> {
  await queryClient.invalidateQueries({ queryKey: ['mcp-servers'] });
}

export const attach = async (body: object) => await api.post<McpServer>(path, body);

export const change = async (id: string, body: object) => await api.patch(`${path}/${id}`, body);

export const detach = async (id: string) => await api.delete(`${path}/${id}`);

export const askAgain = async (id: string) => await api.post<McpServer>(`${path}/${id}/refresh`);

export const changeTool = async (serverId: string, toolId: string, body: object) =>
  await api.patch(`${path}/${serverId}/tools/${toolId}`, body);

export const accept = async (serverId: string, toolId: string, digest: string) =>
  await api.post(`${path}/${serverId}/tools/${toolId}/accept`, { digest });
