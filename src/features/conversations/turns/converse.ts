import type { MessagePart, ToolPart } from '../contract.ts';
import { toolEvent } from '../events.ts';
import { allStepsTaken, closeText, pendingCalls, stepsTaken } from '../parts.ts';
import { answerStep } from './answer-step.ts';
import { callTool } from './call-tool.ts';
import { assistantMessages } from './model-messages.ts';
import type { Step } from './stream-step.ts';
import type { Part, TurnRun } from './turn-run.ts';

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

/** Carries out what the stored parts ask for. Answers whether the user has to be asked before it goes on. */
async function carryOutCalls(run: TurnRun, part: Part): Promise<boolean> {
  let waits = false;
  for (const call of pendingCalls(part.writer.parts())) {
    run.signal.throwIfAborted();
    if (!(await callTool(run, part, call))) waits = true;
  }
  return waits;
}

/** How many steps are too many here, once they are; undefined before. */
function stepsExceeded({ limits, writer }: TurnRun, { assistant, writer: own }: Part): number | undefined {
  const maxSteps = assistant.settings.max_steps ?? limits.max_steps;
  if (stepsTaken(own.parts()) >= maxSteps) return maxSteps;
  const most = Math.max(limits.max_all_steps, 2 * maxSteps);
  return allStepsTaken(writer.parts()) >= most ? most : undefined;
}

/**
 * Steps and tools in turn, until the model asks for no more. Returns the parts of all this assistant has said and done,
 * or `waits` when nothing more can be done without the user.
 */
export async function converse(run: TurnRun, part: Part): Promise<MessagePart[] | 'waits'> {
  const { writer } = part;
  for (;;) {
    if (await carryOutCalls(run, part)) return 'waits';
    const most = stepsExceeded(run, part);
    if (most !== undefined) return [...writer.parts(), tooManySteps(most)];
    run.signal.throwIfAborted();
    const number = stepsTaken(writer.parts()) + 1;
    const step = await answerStep(run, part, assistantMessages(writer.parts()));
    const parts = withStep(writer.parts(), step, number);
    if (step.calls.length === 0) return parts;
    await writer.store(async (tx) => {
      for (const { toolCallId, name } of step.calls) {
        tx.emit(toolEvent('tool.started', writer.reply, { toolCallId, tool: name }));
      }
      return await Promise.resolve(parts);
    });
  }
}
