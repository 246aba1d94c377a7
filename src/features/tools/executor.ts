import { z } from 'zod';
import type { JsonValue, Tx } from '#platform/db/index.ts';
import type { Tool } from './queries.ts';

/** Where and when a tool is called. */
export interface ToolContext {
  user_id: string;
  assistant_id: string;
  thread_id: string;
  turn_id: string;
  /** The model's id of this call. */
  call_id: string;
  timezone: string;
  locale: string;
  /** When the message that is being answered was received: what relative times count from. */
  now: Date;
}

/**
 * A tool over our own database. Its effect and its stored result are one transaction, so after a crash it has either
 * happened with its result or not at all.
 */
export interface DatabaseTool {
  tool_type: Tool['tool_type'];
  /** For the model; every word of it is paid for in every turn. */
  description: string;
  /** An object at the top, no unions there: what every provider takes as a tool's parameters. */
  input: z.ZodType;
  /** What the model gets back. What it can mend is answered as `{ error }`, not thrown. */
  execute(tx: Tx, input: unknown, context: ToolContext): Promise<JsonValue>;
}

/** What runs the tools of one type. */
export type ToolExecutor = DatabaseTool;

/** Declares a tool whose `execute` gets the checked input. Wrong input is answered, since a model can mend it. */
export function defineDatabaseTool<S extends z.ZodType>(tool: {
  tool_type: Tool['tool_type'];
  description: string;
  input: S;
  execute(tx: Tx, input: z.output<S>, context: ToolContext): Promise<JsonValue>;
}): DatabaseTool {
  return {
    ...tool,
    execute: async (tx, input, context) => {
      const parsed = tool.input.safeParse(input);
      if (!parsed.success) return { error: z.prettifyError(parsed.error) };
      return await tool.execute(tx, parsed.data, context);
    },
  };
}
