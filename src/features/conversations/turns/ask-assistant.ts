import { useApproval, type Approval } from '#features/approvals/index.ts';
import { AppError } from '#platform/errors/index.ts';
import { askedOnly } from '../context/thread-context.ts';
import { textOf, withCall, type PendingCall } from '../parts.ts';
import { settle } from './settle.ts';
import { answeringModel, chainFor } from './models.ts';
import { describeFailure } from './model-failure.ts';
import { nestedWriter, type NestedRun } from './nested-writer.ts';
import type { TurnAssistant } from './open-turn.ts';
import type { Part, TurnRun } from './turn-run.ts';
import { assistantTool, type TurnTool } from './turn-tool.ts';

export interface AssistantCallOptions {
  call: PendingCall;
  tool: TurnTool;
  approval: Approval | undefined;
}

function refused(message: string): AppError {
  return new AppError({ code: 'assistants.not_asked', kind: 'conflict', message });
}

interface Asked {
  assistant: TurnAssistant;
  system: string;
  task: string;
}

/** Who is asked, and with what. Throws what the asking model is told. */
async function whoIsAsked(run: TurnRun, part: Part, { call, tool }: AssistantCallOptions): Promise<Asked> {
  const input = assistantTool.input.safeParse(call.input);
  if (!input.success) throw refused('Wrong input: `task` is required, a text.');
  if (tool.sub_assistant_id === null) throw refused(`The tool "${tool.name}" names no assistant to ask.`);
  if (part.line.includes(tool.sub_assistant_id))
    throw refused('That assistant is asking you: answer yourself.');
  if (part.line.length > run.limits.max_depth)
    throw refused(`Assistants may ask each other ${run.limits.max_depth} deep, not deeper.`);
  const { task } = input.data;
  const { message, person } = run.turn;
  const id = tool.sub_assistant_id;
  return await run.lease.transaction(async (tx) => {
    const assistant = await run.sources.assistant(tx.db, id);
    if (!assistant?.is_active) throw refused('That assistant is not there any more.');
    const context = await run.sources.context(tx.db, { message, person, text: task });
    context.told(tx);
    if (context.tainted) run.writer.taint();
    return { assistant, system: context.prompt(assistant.instructions), task };
  });
}

/**
 * Hands a task to another assistant, which works it with its own model and tools inside the call. Answers false when one of
 * its calls waits for the user.
 */
export async function askAssistant(
  run: TurnRun,
  part: Part,
  options: AssistantCallOptions,
): Promise<boolean> {
  const { call, approval } = options;
  const asked = await whoIsAsked(run, part, options);
  const { assistant } = asked;
  const begun: NestedRun = call.nested ?? {
    assistant_id: assistant.id,
    assistant: assistant.name,
    model: null,
    parts: [],
    usage: { input_tokens: 0, output_tokens: 0 },
    cost_usd: null,
  };
  if (!call.nested) {
    await part.writer.store(async (tx) => {
      if (approval && !(await useApproval(tx, approval.id))) throw new Error('the approval was used up');
      // What it does is not undone when the turn ends before it has answered.
      const toolMetadata = { ...call.toolMetadata, began: true } as const;
      return withCall(part.writer.parts(), { ...call, toolMetadata, nested: begun });
    });
  }
  const writer = nestedWriter(part.writer, call.toolCallId, begun);
  const chain = chainFor(assistant, run.models);
  try {
    const parts = await run.converse(run, {
      assistant,
      chain,
      writer,
      system: asked.system,
      context: askedOnly(asked.task),
      path: [...part.path, call.toolCallId],
      line: [...part.line, assistant.id],
    });
    if (parts === 'waits') return false;
    writer.answeredBy(answeringModel(chain));
    await writer.store(async () => await Promise.resolve(parts));
    await settle(part, call, { output: { answer: textOf(parts) } });
  } catch (error) {
    // No model of the other's could answer: that is for the asking one to know, not the end of the turn.
    if (chain.current < chain.names.length) throw error;
    await settle(part, call, { error: `${assistant.name} could not answer: ${describeFailure(error)}` });
  }
  return true;
}
