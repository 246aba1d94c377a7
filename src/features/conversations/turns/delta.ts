import type { Delta } from '#platform/events/index.ts';

/** So short that a hint with it fits into a NOTIFY, even when JSON writes six bytes for each unit. */
const MAX_UNITS = 1_200;

function isHighSurrogate(unit: number): boolean {
  return unit >= 0xd8_00 && unit <= 0xdb_ff;
}

/**
 * New text of a message as the payloads of its `delta:<user id>` hints. `offset` counts UTF-16 units in all text
 * of the message. No character is cut in two.
 */
export function deltaPayloads(
  message: { id: string; thread_id: string },
  offset: number,
  text: string,
): string[] {
  const payloads: string[] = [];
  for (let start = 0; start < text.length;) {
    let end = Math.min(start + MAX_UNITS, text.length);
    if (end < text.length && isHighSurrogate(text.charCodeAt(end - 1))) end -= 1;
    const delta: Delta = {
      thread_id: message.thread_id,
      message_id: message.id,
      offset: offset + start,
      text: text.slice(start, end),
    };
    payloads.push(JSON.stringify(delta));
    start = end;
  }
  return payloads;
}
