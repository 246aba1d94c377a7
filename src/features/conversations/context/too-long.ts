import { APICallError } from '@ai-sdk/provider';

/** Refused for what it is, not for when it came. */
const statuses = new Set([400, 413, 422]);
/**
 * How providers say it: OpenAI `context_length_exceeded`, Anthropic "prompt is too long", Gemini "input token count …
 * exceeds the maximum", llama.cpp "exceeds the available context size", and their likes.
 */
const words =
  /context[\s_-]?(length|window|size|limit)|maximum context|prompt is too long|input (is )?too long|too many (input )?tokens|token count.{0,80}exceed|exceeds?.{0,80}tokens|reduce the length/i;

/** Whether a provider refused a request because it was longer than its model takes. */
export function isTooLong(error: unknown): boolean {
  if (!APICallError.isInstance(error)) return false;
  if (error.statusCode !== undefined && !statuses.has(error.statusCode)) return false;
  return words.test(error.message) || words.test(error.responseBody ?? '');
}
