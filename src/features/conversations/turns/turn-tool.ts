import { z } from 'zod';
import type { CallTraits, ToolDefinition, ToolExecutor } from '#features/tools/index.ts';

/** Hands a task to another assistant, which the turn itself carries out. */
export interface AssistantTool {
  kind: 'assistant';
  input: z.ZodType<{ task: string }>;
}

export const assistantTool: AssistantTool = {
  kind: 'assistant',
  input: z.strictObject({
    task: z.string().min(1).max(20_000).describe('All it needs to know: it sees nothing else'),
  }),
};

/** A tool an assistant has, and what carries it out. */
export interface TurnTool extends ToolDefinition {
  executor: ToolExecutor | AssistantTool;
}

const harmless: CallTraits = { effect: 'none', taints: false, after_crash: 'repeat' };

export function traitsOf(tool: TurnTool, input: unknown): CallTraits {
  return tool.executor.kind === 'outside' ? tool.executor.traits(tool, input) : harmless;
}
