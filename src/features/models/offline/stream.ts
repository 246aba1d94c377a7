import type {
  LanguageModelV4Content,
  LanguageModelV4FinishReason,
  LanguageModelV4StreamPart,
  LanguageModelV4Usage,
} from '@ai-sdk/provider';

/** The answer to one request, as streaming and generating both give it. */
export interface OfflineAnswer {
  content: LanguageModelV4Content[];
  finishReason: LanguageModelV4FinishReason;
  usage: LanguageModelV4Usage;
}

/** About this many deltas, so that what streams a reply is exercised as by any other model. */
const DELTAS = 4;

/** An answer as a stream, its text in a few deltas cut between words. */
export function streamOf({
  content,
  finishReason,
  usage,
}: OfflineAnswer): ReadableStream<LanguageModelV4StreamPart> {
  const parts: LanguageModelV4StreamPart[] = [{ type: 'stream-start', warnings: [] }];
  for (const [index, part] of content.entries()) {
    if (part.type === 'text') parts.push(...textParts(`text-${index}`, part.text));
    else if (part.type === 'tool-call') parts.push(part);
  }
  parts.push({ type: 'finish', finishReason, usage });
  return ReadableStream.from(parts);
}

function textParts(id: string, text: string): LanguageModelV4StreamPart[] {
  const deltas = deltasOf(text).map((delta) => ({ type: 'text-delta' as const, id, delta }));
  return [{ type: 'text-start', id }, ...deltas, { type: 'text-end', id }];
}

function deltasOf(text: string): string[] {
  const words = text.match(/\s*\S+\s*$|\s*\S+/g) ?? [text];
  const size = Math.ceil(words.length / DELTAS);
  const deltas: string[] = [];
  for (let at = 0; at < words.length; at += size) deltas.push(words.slice(at, at + size).join(''));
  return deltas;
}
