import type { MessagePart, Usage } from '../contract.ts';

/** The parts with more text at their end. */
export function withMoreText(parts: MessagePart[], text: string): MessagePart[] {
  const last = parts.at(-1);
  const said = last?.type === 'text' && last.state === 'streaming' ? last.text : undefined;
  const kept = said === undefined ? parts : parts.slice(0, -1);
  return [...kept, { type: 'text', text: (said ?? '') + text, state: 'streaming' }];
}

export function addUsage(one: Usage, other: Usage): Usage {
  const cached = (one.cached_input_tokens ?? 0) + (other.cached_input_tokens ?? 0);
  return {
    input_tokens: one.input_tokens + other.input_tokens,
    output_tokens: one.output_tokens + other.output_tokens,
    ...(cached > 0 && { cached_input_tokens: cached }),
  };
}
