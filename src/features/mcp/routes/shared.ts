import { z } from 'zod';
import { id } from '#platform/http/fields.ts';

export const tag = 'MCP servers';
export const path = '/api/mcp/servers';
/** What they reach, everybody's assistants may use: an admin's to decide. */
export const scope = 'system:admin' as const;

export const one = { path: `${path}/{id}`, params: z.strictObject({ id }), tag, scope };

export const oneTool = {
  path: `${path}/{id}/tools/{tool_id}`,
  params: z.strictObject({ id, tool_id: id }),
  tag,
  scope,
};
