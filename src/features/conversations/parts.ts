import type { FilePart, MessagePart, TextPart, ToolPart } from './contract.ts';

/** A call that has no result yet. */
export type PendingCall = Extract<ToolPart, { state: 'input-available' | 'approval-requested' }>;

export function isToolPart(part: MessagePart): part is ToolPart {
  return part.type.startsWith('tool-');
}

export function isPending(part: MessagePart): part is PendingCall {
  return isToolPart(part) && (part.state === 'input-available' || part.state === 'approval-requested');
}

export function toolName(part: ToolPart): string {
  return part.type.slice('tool-'.length);
}

export function filesOf(parts: MessagePart[]): FilePart[] {
  return parts.filter((part) => part.type === 'file');
}

/** All text of a message in one; the offsets of its deltas count in this. */
export function textOf(parts: MessagePart[]): string {
  return parts
    .filter((part): part is TextPart => part.type === 'text')
    .map((part) => part.text)
    .join('');
}

/** What is whole: text that was cut off while it came is left out, its step is done again. */
export function withoutCutText(parts: MessagePart[]): MessagePart[] {
  return parts.filter((part) => part.type !== 'text' || part.state !== 'streaming');
}

/** What was said is all there will be. */
export function closeText(parts: MessagePart[]): MessagePart[] {
  return parts
    .filter((part) => part.type !== 'text' || part.text !== '')
    .map((part) => (part.type === 'text' ? { type: 'text', text: part.text } : part));
}

/** With what error a call is closed that was not carried out. */
export const notDone = {
  stopped: 'The user stopped the turn before this was done.',
  failed: 'The turn failed before this was done.',
  unknown: 'The turn ended while this was under way: it may have been done.',
} as const;

function isSettled(part: ToolPart): boolean {
  if (part.state !== 'output-error') return part.state === 'output-available';
  return part.reason !== 'stopped';
}

/** What a reply that is made anew begins with: all up to the last call that was carried out. */
export function settledSteps(parts: MessagePart[]): MessagePart[] {
  const settled = parts.filter((part) => !isToolPart(part) || isSettled(part));
  return settled.slice(0, settled.findLastIndex(isToolPart) + 1);
}

export function pendingCalls(parts: MessagePart[]): PendingCall[] {
  return parts.filter(isPending);
}

/** How many requests to a model the stored parts come from, as far as they asked for tools. */
export function stepsTaken(parts: MessagePart[]): number {
  return Math.max(0, ...parts.filter(isToolPart).map((part) => part.toolMetadata.step));
}

/** The same, with those of the assistants that were asked in turn. */
export function allStepsTaken(parts: MessagePart[]): number {
  const nested = parts.filter(isToolPart).map(({ nested: run }) => (run ? allStepsTaken(run.parts) + 1 : 0));
  return nested.reduce((sum, steps) => sum + steps, stepsTaken(parts));
}

/** The same parts with one call in another state. */
export function withCall(parts: MessagePart[], call: ToolPart): MessagePart[] {
  return parts.map((part) => (isToolPart(part) && part.toolCallId === call.toolCallId ? call : part));
}

/** The same parts with the result of one call. */
export function withResult(parts: MessagePart[], call: PendingCall, result: CallResult): MessagePart[] {
  const { type, toolCallId, input, toolMetadata, callProviderMetadata } = call;
  // As it is by now: what a sub-assistant has said was added since.
  const current = parts.find((part) => isToolPart(part) && part.toolCallId === toolCallId);
  const nested = current && isToolPart(current) ? current.nested : undefined;
  const settled = {
    type,
    toolCallId,
    input,
    toolMetadata,
    ...(callProviderMetadata && { callProviderMetadata }),
    ...(nested && { nested }),
  };
  return withCall(
    parts,
    'error' in result
      ? {
          ...settled,
          state: 'output-error',
          errorText: result.error,
          ...(result.reason && { reason: result.reason }),
        }
      : { ...settled, state: 'output-available', output: result.output },
  );
}

export type ToolOutput = Extract<ToolPart, { state: 'output-available' }>['output'];

export type UndoneReason = NonNullable<Extract<ToolPart, { state: 'output-error' }>['reason']>;

/** What came of a call. */
export type CallResult = { output: ToolOutput } | { error: string; reason?: UndoneReason };

/** The same parts with every open call closed: one that was under way may have been done. */
export function closeCalls(parts: MessagePart[], why: 'stopped' | 'failed'): MessagePart[] {
  return pendingCalls(parts).reduce((closed, call) => {
    const result: CallResult = call.toolMetadata.began
      ? { error: notDone.unknown, reason: 'uncertain' }
      : { error: notDone[why], reason: 'stopped' };
    const nested = call.nested && {
      ...call.nested,
      parts: closeCalls(closeText(call.nested.parts), why),
    };
    return withResult(withCall(closed, { ...call, ...(nested && { nested }) }), call, result);
  }, parts);
}

/** What PostgreSQL's jsonb refuses, in JSON as JSON.stringify writes it: NUL and lone surrogates. */
const refused = /(?<!\\)((?:\\\\)*)\\u(?:0000|d[89a-f][0-9a-f]{2})/g;

/** Parts as JSON that PostgreSQL takes; what it would refuse becomes U+FFFD, so that lengths stay. */
export function storableJson(parts: MessagePart[]): string {
  return JSON.stringify(parts).replace(refused, '$1\\ufffd');
}

/** Text that PostgreSQL takes, as `storableJson` has it. */
export function storableText(text: string): string {
  return text.replaceAll('\0', '\ufffd').toWellFormed();
}
