import { z } from 'zod';
import type { JsonValue, Tx } from '#platform/db/index.ts';
import type { ToolDefinition } from './definition.ts';
import type { Tool } from './queries.ts';

/** Where and when a tool is called. */
export interface ToolContext {
  user_id: string;
  assistant_id: string;
  thread_id: string;
  turn_id: string;
  /** `turn:step:call`: the same when the call is carried out again after a crash. */
  call_id: string;
  timezone: string;
  locale: string;
  /** When the message that is being answered was received: what relative times count from. */
  now: Date;
  /** Whether the turn has read what strangers wrote. */
  tainted: boolean;
}

/**
 * A tool over our own database. Its effect and its stored result are one transaction, so after a crash it has either
 * happened with its result or not at all.
 */
export interface DatabaseTool {
  kind: 'database';
  tool_type: Tool['tool_type'];
  /** For the model; every word of it is paid for in every turn. */
  description: string;
  /** An object at the top, no unions there: what every provider takes as a tool's parameters. */
  input: z.ZodType;
  /** Runs before the transaction: what is not for one, such as asking a model. Bears being run for nothing. */
  prepare?(input: unknown, call: { user_id: string; signal: AbortSignal }): Promise<void>;
  /** What the model gets back. What it can mend is answered as `{ error }`, not thrown. */
  execute(tx: Tx, input: unknown, context: ToolContext): Promise<ToolAnswer>;
}

/** What a model gets back from a tool, as JSON. */
export type ToolAnswer = JsonValue | Tainted;

/** An answer with text by strangers, of a tool whose answers mostly are not. */
export class Tainted {
  readonly answer: JsonValue;

  constructor(answer: JsonValue) {
    this.answer = answer;
  }
}

/** What one call of an outside tool means. */
export interface CallTraits {
  /** Whether the call can do or give away something out there. In a tainted turn the user is asked for it. */
  effect: 'none' | 'outside';
  /** Whether the answer is text by strangers: it taints the turn. */
  taints: boolean;
  /**
   * What becomes of a call that was begun and of whose end nothing is known. `repeat` where that does no harm: it only
   * reads, or the service knows the `call_id` again.
   */
  after_crash: 'repeat' | 'ask';
}

/** A call of an outside tool. */
export interface OutsideCall extends ToolContext {
  tool: ToolDefinition;
  /** Aborted when the turn is stopped or takes too long. */
  signal: AbortSignal;
}

/** A tool over something that is not ours. It runs outside any transaction; its result is stored behind it. */
export interface OutsideTool {
  kind: 'outside';
  tool_type: Tool['tool_type'];
  /** For the built-in row; without it there is none, users or admins make rows of the type. */
  description?: string;
  /** Default: the row's input_schema. */
  input?: z.ZodType;
  timeout_ms: number;
  traits(tool: ToolDefinition, input: unknown): CallTraits;
  /** What the model gets back. What it can mend is answered as `{ error }`, or thrown as an AppError. */
  run(input: unknown, call: OutsideCall): Promise<JsonValue>;
}

/** What runs the tools of one type. */
export type ToolExecutor = DatabaseTool | OutsideTool;

/** Declares a tool whose `execute` gets the checked input. Wrong input is answered, since a model can mend it. */
export function defineDatabaseTool<S extends z.ZodType>(
  tool: Omit<DatabaseTool, 'kind' | 'input' | 'execute'> & {
    input: S;
    execute(tx: Tx, input: z.output<S>, context: ToolContext): Promise<ToolAnswer>;
  },
): DatabaseTool {
  return {
    ...tool,
    kind: 'database',
    execute: async (tx, input, context) => {
      const parsed = tool.input.safeParse(input);
      if (!parsed.success) return { error: z.prettifyError(parsed.error) };
      return await tool.execute(tx, parsed.data, context);
    },
  };
}

/** Declares a tool of fixed input whose `run` gets it checked. Wrong input is answered, since a model can mend it. */
export function defineOutsideTool<S extends z.ZodType>(
  tool: Omit<OutsideTool, 'kind' | 'input' | 'run'> & {
    input: S;
    run(input: z.output<S>, call: OutsideCall): Promise<JsonValue>;
  },
): OutsideTool {
  return {
    ...tool,
    kind: 'outside',
    run: async (input, call) => {
      const parsed = tool.input.safeParse(input);
      if (!parsed.success) return { error: z.prettifyError(parsed.error) };
      return await tool.run(parsed.data, call);
    },
  };
}

/** Declares a tool whose rows say themselves what input they take; `run` gets it checked against that. */
export function defineRowTool(
  tool: Omit<OutsideTool, 'kind' | 'input' | 'run' | 'description'> & {
    run(input: Record<string, JsonValue>, call: OutsideCall): Promise<JsonValue>;
  },
): OutsideTool {
  return {
    ...tool,
    kind: 'outside',
    run: async (input, call) => {
      // Loaded for those who have such tools.
      const { checkInput } = await import('./check-input.ts');
      const wrong = checkInput(call.tool.input_schema, input);
      if (wrong !== undefined) return { error: wrong };
      return await tool.run(input as Record<string, JsonValue>, call);
    },
  };
}
