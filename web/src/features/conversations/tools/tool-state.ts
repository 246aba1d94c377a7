import type { ChatTool } from '../messages/message.ts';

/** `create_reminder` as words: `Create reminder`. */
export function toolTitle({ type }: Pick<ChatTool, 'type'>): string {
  const words = type.slice('tool-'.length).replaceAll(/[_-]+/g, ' ').trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
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
