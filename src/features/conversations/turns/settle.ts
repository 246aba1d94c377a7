import type { ToolContext } from '#features/tools/index.ts';
import type { JsonValue } from '#platform/db/index.ts';
import { toolEvent } from '../events.ts';
import { toolName, withResult, type CallResult, type PendingCall } from '../parts.ts';
import { callPath, type Part, type TurnRun } from './turn-run.ts';

export function succeeded(output: JsonValue): boolean {
  return !(typeof output === 'object' && output !== null && !Array.isArray(output) && 'error' in output);
}

/** Where and when a call is made. */
export function contextOf({ turn, writer }: TurnRun, part: Part, call: PendingCall): ToolContext {
  const { message, person } = turn;
  const steps = `${call.toolMetadata.step}:${callPath([...part.path, call.toolCallId])}`;
  return {
    user_id: message.user_id,
    assistant_id: part.assistant.id,
    thread_id: message.thread_id,
    turn_id: message.turn_id,
    call_id: `${message.turn_id}:${steps}`,
    timezone: person.timezone,
    locale: person.locale,
    now: message.created_at,
    tainted: writer.tainted(),
  };
}

/** Stores what came of a call, and what is done in the same transaction. */
export async function settle(part: Part, call: PendingCall, result: CallResult): Promise<void> {
  const { writer } = part;
  const ok = 'output' in result && succeeded(result.output);
  await writer.store(async (tx) => {
    tx.emit(
      toolEvent('tool.finished', writer.reply, { toolCallId: call.toolCallId, tool: toolName(call), ok }),
    );
    return await Promise.resolve(withResult(writer.parts(), call, result));
  });
}
