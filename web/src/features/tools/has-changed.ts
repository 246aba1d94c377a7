import { recordOf } from './http/pairs.ts';
import type { Tool } from './tool.ts';

/** Whether a tool of an MCP server is no longer what an admin looked at. */
export function hasChanged({ tool_type, config }: Pick<Tool, 'tool_type' | 'config'>): boolean {
  return tool_type === 'mcp' && recordOf(config)['changed'] === true;
}
