import { messageEvent } from '../events.ts';
import type { MessagePart, ToolPart } from '../contract.ts';
import { isToolPart, withCall, withoutCutText } from '../parts.ts';
import { addUsage, withMoreText } from './growing.ts';
import type { StepWriter } from './reply-writer.ts';

export type NestedRun = NonNullable<ToolPart['nested']>;

/** What a sub-assistant says and does, inside the call that asked it. Its text is stored with its steps. */
export interface NestedWriter extends StepWriter {
  answeredBy(model: string | null): void;
}

/** Writes into the call `callId` of `parent`, which goes on from where an earlier start left it. */
export function nestedWriter(parent: StepWriter, callId: string, begun: NestedRun): NestedWriter {
  let run: NestedRun = { ...begun, parts: withoutCutText(begun.parts) };

  function withRun(): MessagePart[] {
    const parts = parent.parts();
    const call = parts.find((part): part is ToolPart => isToolPart(part) && part.toolCallId === callId);
    return call ? withCall(parts, { ...call, nested: run }) : parts;
  }

  async function store(change: Parameters<StepWriter['store']>[0]): Promise<void> {
    await parent.store(async (tx) => {
      run = { ...run, parts: await change(tx) };
      return withRun();
    });
  }

  return {
    reply: parent.reply,
    parts: () => run.parts,
    answeredBy: (model) => (run = { ...run, model }),
    addUse: (use) => {
      parent.addUse(use);
      const { cost_usd } = use;
      run = {
        ...run,
        usage: addUsage(run.usage, use.usage),
        cost_usd: cost_usd === null ? run.cost_usd : (run.cost_usd ?? 0) + cost_usd,
      };
    },
    say: (text) => (run = { ...run, parts: withMoreText(run.parts, text) }),
    takeBack: async () => {
      const kept = withoutCutText(run.parts);
      if (kept.length === run.parts.length) return;
      await store(async (tx) => {
        tx.emit(messageEvent('message.reset', parent.reply));
        return await Promise.resolve(kept);
      });
    },
    store,
  };
}
