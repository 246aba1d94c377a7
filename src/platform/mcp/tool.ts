import { z } from 'zod';
import type { Caller } from '#platform/http/route.ts';

/** Who calls a tool, and for how long they wait. */
export interface McpCall {
  caller: Caller;
  /** Aborted when the client is gone or the server stops. */
  signal: AbortSignal;
}

/** What a client may expect of a call, so that it knows which to ask its user about (MCP, "Tool annotations"). */
export interface McpHints {
  readOnlyHint: boolean;
  /** Whether it may undo or overwrite something. */
  destructiveHint: boolean;
  /** Whether the same call again changes nothing more. */
  idempotentHint: boolean;
}

type Fields = z.ZodType<Record<string, unknown>>;

interface McpToolDefinition<I extends Fields, O extends Fields> {
  name: string;
  /** For people. */
  title: string;
  /** For the client's model, which pays for every word. */
  description: string;
  /** What the caller's token must be allowed to; to others the tool is not shown. */
  scope: string;
  hints: McpHints;
  /** An object, without a union at its top. */
  input: I;
  /** An object as well. */
  output: O;
  /** Its result comes when something else is over: the client is kept waiting on an open stream. */
  waits?: boolean;
}

/** A declared tool with its code, its types forgotten. */
export interface McpTool extends McpToolDefinition<Fields, Fields> {
  run(input: unknown, call: McpCall): Promise<Record<string, unknown>>;
}

/**
 * Declares a tool that MCP clients may call at `/mcp`: the same verb that a route offers, for another program's model.
 * `run` gets checked input; what the caller can mend is thrown as an AppError and answered in its words.
 */
export function mcpTool<I extends Fields, O extends Fields>(
  definition: McpToolDefinition<I, O>,
  run: (input: z.output<I>, call: McpCall) => Promise<z.output<O>>,
): McpTool {
  // It is called with what this very schema has let through.
  return { ...definition, run };
}

export const READS: McpHints = { readOnlyHint: true, destructiveHint: false, idempotentHint: true };
export const ADDS: McpHints = { readOnlyHint: false, destructiveHint: false, idempotentHint: false };
/** What stands is written over or ended; once more changes nothing. */
export const REPLACES: McpHints = { readOnlyHint: false, destructiveHint: true, idempotentHint: true };

/** The input of every tool that lists; with filters: `listInput.extend({ … })`. */
export const listInput = z.strictObject({
  limit: z.int().min(1).max(200).default(50),
  cursor: z.string().max(2_000).optional().describe('next_cursor of the page before'),
});
