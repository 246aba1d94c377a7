import {
  asSchema,
  jsonSchema,
  streamText,
  type LanguageModel,
  type ModelMessage,
  type Schema,
  type ToolSet,
} from 'ai';
import type { JSONSchema7 } from '@ai-sdk/provider';
import { z } from 'zod';
import type { JsonValue } from '#platform/db/index.ts';
import { AppError } from '#platform/errors/index.ts';
import type { ToolPart, Usage } from '../contract.ts';
import { storableText } from '../parts.ts';
import { unlessAborted } from './wait.ts';

// Our own log says what matters, and standard output carries results only.
globalThis.AI_SDK_LOG_WARNINGS = false;

/** A tool as a model is told of it. */
export interface OfferedTool {
  name: string;
  description: string;
  /** What its code takes; without it, what its row says. */
  executor: { input?: unknown };
  input_schema: JsonValue;
}

export interface StepRequest {
  model: Exclude<LanguageModel, string>;
  system: string;
  messages: ModelMessage[];
  tools: OfferedTool[];
  temperature?: number | undefined;
  /** Default: the model's own. */
  maxOutputTokens?: number;
  signal: AbortSignal;
  /** The longest silence, from the request on, in ms. */
  silence_ms: number;
  onText: (text: string) => void;
  /** Told as soon as it is known, also of an answer that is refused then; before that, that there is one at all. */
  onUsage?: (usage: Usage | 'begun') => void;
}

/** A call as the model asked for it. */
export interface AskedCall {
  toolCallId: string;
  name: string;
  input: ToolPart['input'];
  callProviderMetadata?: NonNullable<ToolPart['callProviderMetadata']>;
  /** Why it can't be carried out: no such or input that is no JSON. */
  error?: string;
}

/** What one request to a model brought. Its text went to `onText`. */
export interface Step {
  text: string;
  calls: AskedCall[];
  usage: Usage;
}

const schemas = new WeakMap<object, Schema<unknown>>();
const anyObject = { type: 'object', properties: {} } as const;

/** What the model is told of a tool's input. Checking it is the tool's part: its answer says what is wrong. */
async function schemaOf({ executor: { input }, input_schema }: OfferedTool): Promise<Schema<unknown>> {
  if (!(input instanceof z.ZodType)) return jsonSchema<unknown>((input_schema ?? anyObject) as JSONSchema7);
  const known = schemas.get(input);
  if (known) return known;
  const schema = jsonSchema<unknown>(await asSchema(input).jsonSchema);
  schemas.set(input, schema);
  return schema;
}

async function toolSet(tools: OfferedTool[]): Promise<ToolSet> {
  const set: ToolSet = {};
  for (const tool of tools) {
    set[tool.name] = { description: tool.description, inputSchema: await schemaOf(tool) };
  }
  return set;
}

function problem(code: string, message: string): AppError {
  return new AppError({ code, kind: 'unavailable', message });
}

/** Aborts when nothing was heard for a while. */
function watchSilence(ms: number): { signal: AbortSignal; heard(): void; end(): void } {
  const controller = new AbortController();
  const timer = setTimeout(
    () => controller.abort(problem('models.silent', `no answer for ${ms / 1_000} s`)),
    ms,
  );
  return { signal: controller.signal, heard: () => void timer.refresh(), end: () => clearTimeout(timer) };
}

/**
 * One request to a model: text as it comes, then the calls it asks for, which are not carried out here.
 * Throws what the provider failed with, `models.silent` after a silence, `models.empty` for an answer of nothing,
 * and the signal's reason when it is aborted.
 */
export async function streamStep(request: StepRequest): Promise<Step> {
  const silence = watchSilence(request.silence_ms);
  const signal = AbortSignal.any([request.signal, silence.signal]);
  const step: Step = { text: '', calls: [], usage: { input_tokens: 0, output_tokens: 0 } };
  try {
    const { stream } = streamText({
      model: request.model,
      instructions: request.system,
      messages: request.messages,
      tools: await toolSet(request.tools),
      ...(request.temperature === undefined ? {} : { temperature: request.temperature }),
      ...(request.maxOutputTokens === undefined ? {} : { maxOutputTokens: request.maxOutputTokens }),
      abortSignal: signal,
      maxRetries: 0,
      onError: () => {},
    });
    const parts = stream[Symbol.asyncIterator]();
    for (;;) {
      // A provider that ignores the signal is left behind.
      const next = await unlessAborted(parts.next(), signal);
      if (next.done) break;
      silence.heard();
      const part = next.value;
      if (part.type.includes('delta')) request.onUsage?.('begun');
      if (part.type === 'text-delta') {
        step.text += part.text;
        request.onText(part.text);
      } else if (part.type === 'tool-call') {
        step.calls.push({
          // They name the call in events and approvals, too.
          toolCallId: storableText(part.toolCallId),
          name: storableText(part.toolName),
          input: (part.input ?? null) as ToolPart['input'],
          ...(part.providerMetadata && {
            callProviderMetadata: part.providerMetadata as NonNullable<ToolPart['callProviderMetadata']>,
          }),
          ...(part.invalid && {
            error: part.error instanceof Error ? part.error.message : String(part.error),
          }),
        });
      } else if (part.type === 'finish-step') {
        const { inputTokens = 0, outputTokens = 0, inputTokenDetails } = part.usage;
        const cached = inputTokenDetails.cacheReadTokens ?? 0;
        step.usage = {
          input_tokens: inputTokens,
          output_tokens: outputTokens,
          ...(cached > 0 && { cached_input_tokens: cached }),
        };
        request.onUsage?.(step.usage);
        if (part.finishReason === 'error' || part.finishReason === 'interrupted') {
          throw problem('models.interrupted', 'the answer broke off');
        }
      } else if (part.type === 'error') {
        throw part.error;
      } else if (part.type === 'abort') {
        signal.throwIfAborted();
      }
    }
  } finally {
    silence.end();
  }
  if (step.text.trim() === '' && step.calls.length === 0)
    throw problem('models.empty', 'the model answered nothing');
  return step;
}
