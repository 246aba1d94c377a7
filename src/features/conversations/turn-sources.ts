import { assistantWithTools } from '#features/assistants/index.ts';
import { relevantMemories } from '#features/memory/index.ts';
import type { ToolExecutor } from '#features/tools/index.ts';
import type { TurnTool } from './turns/call-tool.ts';
import type { TurnSources } from './turns/open-turn.ts';

/** Facts a model is told with a message. */
const SHOWN_FACTS = 10;
/** Of a message, what is looked for in the memory. */
const SEARCHED_CHARACTERS = 2_000;

/** What turns read of other features. Tools that nothing here can carry out are not offered. */
export function turnSources(
  executors: readonly ToolExecutor[],
  contextLines: TurnSources['contextLines'],
): TurnSources {
  const byType = new Map(executors.map((executor) => [executor.tool_type, executor]));
  return {
    contextLines,
    facts: async (tx, { user_id, text }) =>
      await relevantMemories(tx, user_id, text.slice(0, SEARCHED_CHARACTERS), SHOWN_FACTS),
    assistant: async (db, id) => {
      const assistant = await assistantWithTools(db, id);
      if (!assistant) return undefined;
      const tools = assistant.tools.flatMap(({ name, description, approval, tool_type }): TurnTool[] => {
        const executor = byType.get(tool_type);
        return executor ? [{ name, description, approval, executor }] : [];
      });
      return { ...assistant, tools };
    },
  };
}
