import { useApproval } from '#features/approvals/index.ts';
import { Tainted, type DatabaseTool } from '#features/tools/index.ts';
import { LaneLostError } from '#platform/db/index.ts';
import { isOutage } from '#platform/db/outage.ts';
import { AppError } from '#platform/errors/index.ts';
import { toolEvent } from '../events.ts';
import { toolName, withResult, type PendingCall } from '../parts.ts';
import { askAssistant } from './ask-assistant.ts';
import { OverBudgetError } from './budget.ts';
import { callOutsideTool } from './call-outside-tool.ts';
import { ReplyGoneError } from './reply-writer.ts';
import { contextOf, settle, succeeded } from './settle.ts';
import { rule, type Ruling } from './ruling.ts';
import { callPath, type Part, type TurnRun } from './turn-run.ts';
import { traitsOf, type TurnTool } from './turn-tool.ts';

function noSuchTool(name: string, tools: TurnTool[]): string {
  return `There is no tool "${name}". There are: ${tools.map((known) => known.name).join(', ') || 'none'}.`;
}

/** Nothing was done, and nobody is to blame for it: the whole turn is tried again, is void, or is over. */
function endsTheTurn(error: unknown): boolean {
  return (
    error instanceof LaneLostError ||
    error instanceof ReplyGoneError ||
    error instanceof OverBudgetError ||
    isOutage(error)
  );
}

function answerToModel(error: unknown): string {
  const expected = error instanceof AppError && error.kind !== 'internal';
  return expected ? error.message : 'The tool failed. Nothing was changed.';
}

/** What the tool does and its result are one transaction: after a crash it has happened with its result, or not at all. */
async function callDatabaseTool(
  run: TurnRun,
  part: Part,
  call: PendingCall,
  { executor, approval }: { executor: DatabaseTool; approval: (Ruling & { type: 'run' })['approval'] },
): Promise<void> {
  const { writer } = part;
  await executor.prepare?.(call.input, { user_id: run.turn.message.user_id, signal: run.signal });
  await writer.store(async (tx) => {
    if (approval && !(await useApproval(tx, approval.id))) throw new Error('the approval was used up');
    const answer = await executor.execute(tx, call.input, contextOf(run, part, call));
    if (answer instanceof Tainted) run.writer.taint();
    const output = answer instanceof Tainted ? answer.answer : answer;
    const ok = succeeded(output);
    tx.emit(
      toolEvent('tool.finished', writer.reply, { toolCallId: call.toolCallId, tool: toolName(call), ok }),
    );
    return withResult(writer.parts(), call, { output });
  });
}

/**
 * Carries out one call of the stored reply, unless the user is to be asked first: then it is noted in `run.asked`, and
 * false is answered. What fails is a result, too: the model is told.
 */
export async function callTool(run: TurnRun, part: Part, call: PendingCall): Promise<boolean> {
  const { assistant } = part;
  const name = toolName(call);
  const tool = assistant.tools.find((known) => known.name === name);
  if (!tool) {
    await settle(part, call, { error: noSuchTool(name, assistant.tools) });
    return true;
  }
  const path = [...part.path, call.toolCallId];
  const traits = traitsOf(tool, call.input);
  const ruling = rule({
    tool,
    call,
    traits,
    tainted: run.writer.tainted(),
    approvals: run.approvals.filter(({ tool_call_id }) => tool_call_id === callPath(path)),
  });
  if (ruling.type === 'refuse') {
    await settle(part, call, { error: ruling.error, reason: ruling.reason });
    return true;
  }
  if (ruling.type === 'ask') {
    run.asked.push({ path, call, tool, reasons: ruling.reasons, assistant });
    return false;
  }
  const { executor } = tool;
  const { approval } = ruling;
  try {
    if (executor.kind === 'assistant') return await askAssistant(run, part, { call, tool, approval });
    if (executor.kind === 'database') await callDatabaseTool(run, part, call, { executor, approval });
    else await callOutsideTool(run, part, { call, tool, executor, traits, approval });
  } catch (error) {
    run.signal.throwIfAborted();
    if (endsTheTurn(error)) throw error;
    if (!(error instanceof AppError)) run.log.error({ err: error, tool: name }, 'a tool failed');
    await settle(part, call, { error: answerToModel(error) });
  }
  return true;
}
