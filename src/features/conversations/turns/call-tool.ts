import { LaneLostError, type JsonValue } from '#platform/db/index.ts';
import { isOutage } from '#platform/db/outage.ts';
import { AppError } from '#platform/errors/index.ts';
import type { ToolContext, ToolExecutor } from '#features/tools/index.ts';
import { toolEvent } from '../events.ts';
import { toolName, withResult, type PendingCall } from '../parts.ts';
import { ReplyGoneError, type ReplyWriter } from './reply-writer.ts';

/** A tool an assistant has, and what carries it out. */
export interface TurnTool {
  name: string;
  description: string;
  approval: 'auto' | 'ask' | 'deny';
  executor: ToolExecutor;
}

export interface CallOptions {
  tools: TurnTool[];
  writer: ReplyWriter;
  context: Omit<ToolContext, 'call_id'>;
  /** A tool failed for a reason that is not the model's to mend. */
  onFault: (tool: string, error: unknown) => void;
}

function refusal(tool: TurnTool | undefined, name: string, tools: TurnTool[]): string | undefined {
  if (!tool)
    return `There is no tool "${name}". There are: ${tools.map((known) => known.name).join(', ') || 'none'}.`;
  if (tool.approval === 'deny') return `The user does not allow the tool "${name}".`;
  if (tool.approval === 'ask') {
    return `The tool "${name}" may be used only with the user's approval, and there is no way to ask for it here yet.`;
  }
  return undefined;
}

/** Nothing was done, and nobody is to blame for it: the whole turn is tried again, or is void. */
function endsTheTurn(error: unknown): boolean {
  return error instanceof LaneLostError || error instanceof ReplyGoneError || isOutage(error);
}

function answerToModel(error: unknown): string {
  const expected = error instanceof AppError && error.kind !== 'internal';
  return expected ? error.message : 'The tool failed. Nothing was changed.';
}

function succeeded(output: JsonValue): boolean {
  return !(typeof output === 'object' && output !== null && !Array.isArray(output) && 'error' in output);
}

/**
 * Carries out one call of the stored reply. What the tool does and its result are one transaction: after a crash it
 * has happened with its result, or not at all. What fails is a result, too: the model is told.
 */
export async function callTool(
  { tools, writer, context, onFault }: CallOptions,
  call: PendingCall,
): Promise<void> {
  const name = toolName(call);
  const tool = tools.find((known) => known.name === name);

  async function answer(error: string): Promise<void> {
    await writer.store(async (tx) => {
      tx.emit(
        toolEvent('tool.finished', writer.reply, { toolCallId: call.toolCallId, tool: name, ok: false }),
      );
      return await Promise.resolve(withResult(writer.parts(), call, { error }));
    });
  }

  const refused = refusal(tool, name, tools);
  if (!tool || refused !== undefined) {
    await answer(refused ?? '');
    return;
  }
  try {
    await writer.store(async (tx) => {
      const output = await tool.executor.execute(tx, call.input, { ...context, call_id: call.toolCallId });
      const ok = succeeded(output);
      tx.emit(toolEvent('tool.finished', writer.reply, { toolCallId: call.toolCallId, tool: name, ok }));
      return withResult(writer.parts(), call, { output });
    });
  } catch (error) {
    if (endsTheTurn(error)) throw error;
    if (!(error instanceof AppError)) onFault(name, error);
    await answer(answerToModel(error));
  }
}
