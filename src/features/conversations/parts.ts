import type { MessagePart, TextPart, ToolPart } from './contract.ts';

/** A call that has no result yet. */
export type PendingCall = Extract<ToolPart, { state: 'input-available' }>;

export function isToolPart(part: MessagePart): part is ToolPart {
  return part.type !== 'text';
}

export function toolName(part: ToolPart): string {
  return part.type.slice('tool-'.length);
}

/** All text of a message in one; the offsets of its deltas count in this. */
export function textOf(parts: MessagePart[]): string {
  return parts
    .filter((part): part is TextPart => !isToolPart(part))
    .map((part) => part.text)
    .join('');
}

/** What is whole: text that was cut off while it came is left out, its step is done again. */
export function withoutCutText(parts: MessagePart[]): MessagePart[] {
  return parts.filter((part) => isToolPart(part) || part.state !== 'streaming');
}

/** What was said is all there will be. */
export function closeText(parts: MessagePart[]): MessagePart[] {
  return parts
    .filter((part) => isToolPart(part) || part.text !== '')
    .map((part) => (isToolPart(part) ? part : { type: 'text', text: part.text }));
}

/** With what error a call is closed that was not carried out. */
export const notDone = {
  stopped: 'The user stopped the turn before this was done.',
  failed: 'The turn failed before this was done.',
} as const;

function isSettled(part: ToolPart): boolean {
  if (part.state === 'output-error') return !Object.values<string>(notDone).includes(part.errorText);
  return part.state === 'output-available';
}

/** What a reply that is made anew begins with: all up to the last call that was carried out. */
export function settledSteps(parts: MessagePart[]): MessagePart[] {
  const settled = parts.filter((part) => !isToolPart(part) || isSettled(part));
  return settled.slice(0, settled.findLastIndex(isToolPart) + 1);
}

export function pendingCall(parts: MessagePart[]): PendingCall | undefined {
  return parts.find((part): part is PendingCall => isToolPart(part) && part.state === 'input-available');
}

/** How many requests to a model the stored parts come from, as far as they asked for tools. */
export function stepsTaken(parts: MessagePart[]): number {
  return Math.max(0, ...parts.filter(isToolPart).map((part) => part.toolMetadata.step));
}

/** The same parts with the result of one call. */
export function withResult(
  parts: MessagePart[],
  call: PendingCall,
  result: { output: ToolOutput } | { error: string },
): MessagePart[] {
  const { state: _, ...rest } = call;
  const settled: ToolPart =
    'error' in result
      ? { ...rest, state: 'output-error', errorText: result.error }
      : { ...rest, state: 'output-available', output: result.output };
  return parts.map((part) => (part === call ? settled : part));
}

export type ToolOutput = Extract<ToolPart, { state: 'output-available' }>['output'];

/** The same parts with every open call closed by this error. */
export function closeCalls(parts: MessagePart[], error: string): MessagePart[] {
  const call = pendingCall(parts);
  return call ? closeCalls(withResult(parts, call, { error }), error) : parts;
}

/** What PostgreSQL's jsonb refuses, in JSON as JSON.stringify writes it: NUL and lone surrogates. */
const refused = /(?<!\\)((?:\\\\)*)\\u(?:0000|d[89a-f][0-9a-f]{2})/g;

/** Parts as JSON that PostgreSQL takes; what it would refuse becomes U+FFFD, so that lengths stay. */
export function storableJson(parts: MessagePart[]): string {
  return JSON.stringify(parts).replace(refused, '$1\\ufffd');
}
