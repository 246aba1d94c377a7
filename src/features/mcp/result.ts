import type { CallToolResult } from '@modelcontextprotocol/sdk/types.js';
import type { JsonValue } from '#platform/db/index.ts';

/** More of an answer a model is not shown; it is paid for in every request from then on. */
const MAX_CHARACTERS = 30_000;

type Part = CallToolResult['content'][number];

/** Base64 without what it is: a model that reads text can do nothing with it. */
function named(kind: string, mimeType: string, data: string): string {
  return `[${kind}, ${mimeType}, ${Math.ceil((data.length * 3) / 4 / 1_024)} kB, not shown]`;
}

function textOf(part: Part): string {
  switch (part.type) {
    case 'text':
      return part.text;
    case 'image':
    case 'audio':
      return named(part.type, part.mimeType, part.data);
    case 'resource_link':
      return `[${part.name}: ${part.uri}]`;
    case 'resource': {
      const { resource } = part;
      if ('text' in resource) return resource.text;
      return `${resource.uri} ${named('file', resource.mimeType ?? 'of unknown type', resource.blob)}`;
    }
  }
}

function cut(text: string): string {
  if (text.length <= MAX_CHARACTERS) return text;
  return `${text.slice(0, MAX_CHARACTERS).toWellFormed()}… (cut off: ${text.length} characters in all)`;
}

/** Whether the text is no more than the data once again, as the protocol recommends for older clients. */
function says(text: string, data: unknown): boolean {
  try {
    return JSON.stringify(JSON.parse(text)) === JSON.stringify(data);
  } catch {
    return false;
  }
}

/**
 * What a model gets of a server's answer: `{text}`, `{data}` or both; `{error}` where the server says that it failed. Pictures,
 * sounds and files are named, not shown.
 */
export function resultOf({ content, structuredContent, isError }: CallToolResult): JsonValue {
  const text = content.map(textOf).join('\n');
  const data = structuredContent as JsonValue | undefined;
  if (isError === true) return { error: cut(text || JSON.stringify(data ?? 'The tool failed')) };
  if (data === undefined) return { text: cut(text) };
  const json = JSON.stringify(data);
  if (json.length > MAX_CHARACTERS) return { text: cut(text || json) };
  return says(text, data) || text === '' ? { data } : { text: cut(text), data };
}
