import type { FilePart, ModelMessage } from 'ai';
import { z } from 'zod';
import { estimateTokens } from '#features/models/index.ts';
import type { OfferedTool } from '../turns/stream-step.ts';

/** What providers put around each message, about. */
const MESSAGE_TOKENS = 4;
/** Around a call of a tool, its answer, and its description. */
const FRAME_TOKENS = 8;
/** Of an image or document, beside what its size tells. */
const FILE_TOKENS = 1_500;
const BYTES_A_TOKEN = 2_000;
/** Of a text file, which is shown as text as far as it goes. */
const TEXT_BYTES_A_TOKEN = 3.5;
const MAX_TEXT_TOKENS = 12_000;
/** Beyond it a text is judged by its beginning: to count it all takes longer than it is worth. */
const SAMPLE_CHARACTERS = 60_000;

/** How many tokens a text is, about. */
export function tokensOfText(text: string): number {
  if (text.length <= SAMPLE_CHARACTERS) return estimateTokens(text);
  return Math.ceil((estimateTokens(text.slice(0, SAMPLE_CHARACTERS)) * text.length) / SAMPLE_CHARACTERS);
}

function sizeOf(data: FilePart['data']): number {
  if (data instanceof Uint8Array) return data.length;
  if (typeof data === 'object' && 'type' in data && data.type === 'reference')
    return Number(data.reference['size'] ?? 0);
  return 0;
}

function tokensOfFile({ data, mediaType }: FilePart): number {
  const size = sizeOf(data);
  return Math.ceil(
    mediaType.startsWith('text/') || mediaType === 'application/json'
      ? Math.min(MAX_TEXT_TOKENS, size / TEXT_BYTES_A_TOKEN)
      : FILE_TOKENS + size / BYTES_A_TOKEN,
  );
}

function tokensOfPart(part: Exclude<ModelMessage['content'], string>[number]): number {
  if (part.type === 'text') return tokensOfText(part.text);
  if (part.type === 'tool-call')
    return FRAME_TOKENS + tokensOfText(part.toolName + JSON.stringify(part.input));
  if (part.type === 'file') return tokensOfFile(part);
  if (part.type === 'image') return FILE_TOKENS;
  return FRAME_TOKENS + tokensOfText(JSON.stringify(part));
}

const counted = new WeakMap<ModelMessage, number>();

/** How many tokens a message is, about. Counted once for each object. */
export function tokensOfMessage(message: ModelMessage): number {
  const known = counted.get(message);
  if (known !== undefined) return known;
  const { content } = message;
  const tokens =
    MESSAGE_TOKENS +
    (typeof content === 'string'
      ? tokensOfText(content)
      : content.reduce((sum, part) => sum + tokensOfPart(part), 0));
  counted.set(message, tokens);
  return tokens;
}

export function tokensOfMessages(messages: readonly ModelMessage[]): number {
  return messages.reduce((sum, message) => sum + tokensOfMessage(message), 0);
}

const ofTools = new WeakMap<object, number>();

function tokensOfTool({ name, description, executor, input_schema }: OfferedTool): number {
  const { input } = executor;
  const known = ofTools.get(executor);
  if (known !== undefined && input !== undefined) return known;
  const schema =
    input instanceof z.ZodType
      ? z.toJSONSchema(input, { io: 'input', unrepresentable: 'any' })
      : input_schema;
  const tokens = FRAME_TOKENS + tokensOfText(name + description + JSON.stringify(schema ?? {}));
  if (input !== undefined) ofTools.set(executor, tokens);
  return tokens;
}

/** What a request to a model has beside the thread. */
export interface Fixed {
  system: string;
  tools: readonly OfferedTool[];
}

export function tokensOfFixed({ system, tools }: Fixed): number {
  return tokensOfText(system) + tools.reduce((sum, tool) => sum + tokensOfTool(tool), 0);
}
