import type { Logger } from '#platform/log/index.ts';
import type { MessagePart, ToolPart } from '../contract.ts';
import { toolEvent } from '../events.ts';
import { closeText, pendingCall, stepsTaken } from '../parts.ts';
import { answerStep, type ModelChain } from './answer-step.ts';
import { callTool } from './call-tool.ts';
import type { TurnLimits } from './limits.ts';
import { assistantMessages } from './model-messages.ts';
import type { OpenTurn } from './open-turn.ts';
import type { ReplyWriter } from './reply-writer.ts';
import type { Step } from './stream-step.ts';

/** The parts of a step behind those that are stored, with its calls open. */
function withStep(parts: MessagePart[], step: Step, number: number): MessagePart[] {
  const used = new Set(parts.map((part) => ('toolCallId' in part ? part.toolCallId : '')));
  const calls = step.calls.map(
    ({ name, toolCallId, input, callProviderMetadata, error }, index): ToolPart => {
      // Some providers count calls from 0 in every step.
      const id = used.has(toolCallId) ? `${toolCallId}-${number}-${index}` : toolCallId;
      used.add(id);
      const call = {
        type: `tool-${name}`,
        toolCallId: id,
        input,
        toolMetadata: { step: number },
        ...(callProviderMetadata && { callProviderMetadata }),
      } as const;
      return error === undefined
        ? { ...call, state: 'input-available' }
        : { ...call, state: 'output-error', errorText: error };
    },
  );
  return [...closeText(parts), ...calls];
}

function tooManySteps(steps: number): MessagePart {
  return {
    type: 'text',
    text: `I stopped here: this took more than the ${steps} steps I may take for one message. Tell me to go on, and I will.`,
  };
}

export interface ConverseOptions {
  turn: OpenTurn;
  writer: ReplyWriter;
  chain: ModelChain;
  limits: TurnLimits;
  /** Ends the turn: its reason is thrown. */
  signal: AbortSignal;
  log: Logger;
}

/** Steps and tools in turn, until the model asks for no more. Returns the parts of the whole reply. */
export async function converse(options: ConverseOptions): Promise<MessagePart[]> {
  const { turn, writer, chain, limits, signal, log } = options;
  const { message, assistant, person } = turn;
  const maxSteps = assistant.settings.max_steps ?? limits.max_steps;
  for (;;) {
    for (let call = pendingCall(writer.parts()); call; call = pendingCall(writer.parts())) {
      signal.throwIfAborted();
      const context = {
        user_id: message.user_id,
        assistant_id: assistant.id,
        thread_id: message.thread_id,
        turn_id: message.turn_id,
        timezone: person.timezone,
        locale: person.locale,
        now: message.created_at,
      };
      const onFault = (tool: string, err: unknown): void => log.error({ err, tool }, 'a tool failed');
      await callTool({ tools: assistant.tools, writer, context, onFault }, call);
    }
    const steps = stepsTaken(writer.parts());
    if (steps >= maxSteps) return [...writer.parts(), tooManySteps(maxSteps)];
    signal.throwIfAborted();
    const step = await answerStep({
      chain,
      writer,
      limits,
      request: {
        system: turn.system,
        messages: [...turn.history, ...assistantMessages(writer.parts())],
        tools: assistant.tools,
        temperature: assistant.settings.temperature,
        signal,
      },
      onFailure: (model, err) => log.warn({ err, model, turn_id: message.turn_id }, 'a model failed'),
    });
    writer.addUsage(step.usage);
    const parts = withStep(writer.parts(), step, steps + 1);
    if (step.calls.length === 0) return parts;
    await writer.store(async (tx) => {
      for (const { toolCallId, name } of step.calls) {
        tx.emit(toolEvent('tool.started', writer.reply, { toolCallId, tool: name }));
      }
      return await Promise.resolve(parts);
    });
  }
}
