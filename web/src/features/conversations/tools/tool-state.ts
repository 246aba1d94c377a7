import { toolTitle } from '#web/features/tools/tool-title.ts';
import { isTool, type ChatTool } from '../messages/message.ts';

/** What a call is called: the tool, and whom it asked. */
export function callTitle({ type, nested }: Pick<ChatTool, 'type' | 'nested'>): string {
  const name = toolTitle(type.slice('tool-'.length));
  return nested ? `${name} · ${nested.assistant}` : name;
}

/**
 * How a call went, for people. `uncertain`: it may have been done; `refused`: the user or a rule did not allow it; `late`:
 * nobody decided in time; `stopped`: the reply ended before it.
 */
export type CallOutcome =
  | 'working'
  | 'waits'
  | 'done'
  | 'failed'
  | 'uncertain'
  | 'refused'
  | 'late'
  | 'stopped';

export function outcomeOf(tool: ChatTool): CallOutcome {
  if (tool.state === 'output-available') return 'done';
  if (tool.state === 'output-error') return tool.reason ?? 'failed';
  return isWaiting(tool) ? 'waits' : 'working';
}

/** Whether it waits for the user: itself, or a call of the assistant that it asked. */
function isWaiting(tool: ChatTool): boolean {
  if (tool.state === 'approval-requested') return true;
  if (tool.state !== 'input-available') return false;
  return tool.nested?.parts.some((part) => isTool(part) && isWaiting(part)) ?? false;
}

/** JSON to be read; a text that holds JSON is shown as what it holds. */
export function readable(value: unknown): string {
  if (typeof value !== 'string') return JSON.stringify(value, null, 2) ?? '';
  try {
    const held: unknown = JSON.parse(value);
    return typeof held === 'object' && held !== null ? JSON.stringify(held, null, 2) : value;
  } catch {
    return value;
  }
}
