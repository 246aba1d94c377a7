import { assistantWithTools } from '#features/assistants/index.ts';
import { noteUsed, relevantMemories, type Meaning } from '#features/memory/index.ts';
import type { ToolExecutor } from '#features/tools/index.ts';
import type { Database } from '#platform/db/index.ts';
import { textOf } from './parts.ts';
import { selectMessage } from './queries/messages.ts';
import type { Person } from './queries/person.ts';
import type { TurnSources } from './turns/open-turn.ts';
import { systemPrompt } from './turns/system-prompt.ts';
import { assistantTool, type TurnTool } from './turns/turn-tool.ts';

/** Facts a model is told with a message. */
const SHOWN_FACTS = 10;
/** Of a message, what is looked for in the memory. */
const SEARCHED_CHARACTERS = 2_000;

const searchedOf = (text: string) => text.slice(0, SEARCHED_CHARACTERS);

/** Who, when and where, for the system prompt. */
export type ContextLines = (
  about: Pick<Person, 'now' | 'timezone' | 'locale'> & { receivedAt: Date },
) => string;

interface SourceParts {
  database: Database;
  executors: readonly ToolExecutor[];
  contextLines: ContextLines;
  /** Facts that are near to a message in meaning are told, too. */
  meaning?: Meaning | undefined;
}

/** What turns read of other features. Tools that nothing here can carry out are not offered. */
export function turnSources({ database, executors, contextLines, meaning }: SourceParts): TurnSources {
  const byType = new Map(executors.map((executor) => [executor.tool_type, executor]));
  return {
    ...(meaning && {
      prepare: async ({ user_id, message_id, signal }) => {
        if (meaning.model() === undefined) return;
        const message = await selectMessage(database.readAs(user_id), message_id);
        if (message) await meaning.prepare(user_id, searchedOf(textOf(message.parts)), signal);
      },
    }),
    context: async (db, { message, person, text }) => {
      const searched = searchedOf(text);
      const facts = await relevantMemories(db, message.user_id, {
        text: searched,
        count: SHOWN_FACTS,
        meaning,
      });
      const context = contextLines({ ...person, receivedAt: message.created_at });
      return {
        prompt: (instructions) => systemPrompt({ instructions, facts, context }),
        tainted: facts.some(({ trust }) => trust === 'tainted'),
        told: (tx) => noteUsed(tx, message.user_id, facts),
      };
    },
    assistant: async (db, id) => {
      const assistant = await assistantWithTools(db, id);
      if (!assistant) return undefined;
      const tools = assistant.tools.flatMap((tool): TurnTool[] => {
        const executor = tool.tool_type === 'sub_assistant' ? assistantTool : byType.get(tool.tool_type);
        return executor ? [{ ...tool, executor }] : [];
      });
      return { ...assistant, tools };
    },
  };
}
