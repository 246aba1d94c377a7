import type { CallToolResult } from '@modelcontextprotocol/sdk/types.js';
import { AppError } from '#platform/errors/index.ts';
import { bindCursor, unbindCursor } from '#platform/http/bound-cursor.ts';
import { fieldProblems } from '#platform/http/field-problems.ts';
import { asAppError, INTERNAL_DETAIL, invalidRequest } from '#platform/http/problem.ts';
import type { Logger } from '#platform/log/index.ts';
import type { McpCall, McpTool } from '#platform/mcp/index.ts';

export interface ToolCall {
  name: string;
  arguments: Record<string, unknown>;
}

/** Whether a token may use a tool, and so sees it. */
export function mayUse(tool: McpTool, { caller }: McpCall): boolean {
  return caller.scopes.includes(tool.scope);
}

/**
 * Carries out a call. Whatever is wrong with it is a result that says so, since the client's model reads results and
 * can mend its call by them; errors of the protocol it never sees.
 */
export async function callTool(
  tools: ReadonlyMap<string, McpTool>,
  asked: ToolCall,
  call: McpCall,
  log: Logger,
): Promise<CallToolResult> {
  try {
    const found = await run(tools, asked, call);
    const text = JSON.stringify(found);
    return {
      content: [{ type: 'text', text }],
      structuredContent: JSON.parse(text) as Record<string, unknown>,
    };
  } catch (thrown) {
    const error = asAppError(thrown);
    const isOurs = error.kind === 'internal';
    if (isOurs || error.kind === 'unavailable')
      log[isOurs ? 'error' : 'warn']({ err: thrown, tool: asked.name }, 'an MCP tool failed');
    const text = isOurs ? INTERNAL_DETAIL : `${error.message} (${error.code})`;
    return { content: [{ type: 'text', text }], isError: true };
  }
}

async function run(tools: ReadonlyMap<string, McpTool>, asked: ToolCall, call: McpCall): Promise<object> {
  const { caller } = call;
  const tool = tools.get(asked.name);
  if (!tool) {
    throw new AppError({
      code: 'mcp.no_such_tool',
      kind: 'not_found',
      message: `There is no tool ${asked.name}`,
    });
  }
  if (!mayUse(tool, call)) {
    throw new AppError({
      code: 'auth.scope',
      kind: 'forbidden',
      message: `The token lacks the scope ${tool.scope}`,
    });
  }
  const place = { user_id: caller.user_id, path: `/mcp/${tool.name}` };
  const parsed = tool.input.safeParse(withoutBinding(tool, asked.arguments, place));
  if (!parsed.success) throw invalidRequest(fieldProblems(parsed.error.issues));
  return bindCursor(await tool.run(parsed.data, call), place);
}

/** The arguments with the cursor as the list itself made it. */
function withoutBinding(
  { input }: McpTool,
  given: Record<string, unknown>,
  place: Parameters<typeof bindCursor>[1],
): Record<string, unknown> {
  const { cursor, ...rest } = given;
  return typeof cursor === 'string' ? { ...rest, ...unbindCursor(input, { cursor }, place) } : given;
}
