import type {
  LanguageModelV4,
  LanguageModelV4CallOptions,
  LanguageModelV4Content,
  LanguageModelV4FinishReason,
} from '@ai-sdk/provider';
import { answerFrom } from './answer.ts';
import { readContext } from './context.ts';
import { readConversation } from './conversation.ts';
import { saysIn } from './says-in.ts';
import { streamOf, type OfflineAnswer } from './stream.ts';
import { understand } from './understand.ts';
import { languageOf } from './words.ts';

export const OFFLINE_MODEL = 'builtin/offline';

/**
 * A rule-based language model: no network, no key, the same answer to the same prompt. It reads the last message
 * of the user and the context lines of the system prompt, asks for the tools `reminder`, `time`, `memory` and `weather`, and
 * turns their results into sentences. Costs nothing; its token counts are a quarter of the characters.
 *
 * @param clock where "now" comes from when the system prompt doesn't say it
 */
export function offlineModel(clock: () => Date = () => new Date()): LanguageModelV4 {
  return {
    specificationVersion: 'v4',
    provider: 'builtin',
    modelId: 'offline',
    supportedUrls: {},
    doGenerate: async (options) => {
      options.abortSignal?.throwIfAborted();
      return { ...answer(options, clock), warnings: [] };
    },
    doStream: async (options) => {
      options.abortSignal?.throwIfAborted();
      return { stream: streamOf(answer(options, clock)) };
    },
  };
}

function answer(options: LanguageModelV4CallOptions, clock: () => Date): OfflineAnswer {
  const { system, text, files, asked, question, outcomes } = readConversation(options.prompt);
  const context = readContext(system, clock());
  // "1" is in the language of the question it answers
  const language = languageOf(/\p{L}/u.test(text) ? text : (question ?? text), context.locale);
  const says = saysIn(language);
  const reply = (words: string) => finished(options, { type: 'text', text: words }, 'stop');
  const unread = files.length > 0 ? [says.cantRead(files)] : [];

  if (outcomes.length > 0) {
    const answers = outcomes.map((outcome) => answerFrom(outcome, { says, language, context }));
    return reply([...unread, ...answers].join('\n'));
  }
  if (text === '' && files.length > 0) return reply(unread.join('\n'));
  const plan = understand(text, context, asked, question);
  if (plan.type === 'say') return reply([...unread, plan.text].join('\n'));
  const offered =
    options.toolChoice?.type !== 'none' && options.tools?.some((tool) => tool.name === plan.tool);
  if (!offered) return reply(says.toolMissing(plan.tool));
  // a call's id must differ from those of earlier turns, and be the same when this turn is run again
  const toolCallId = `offline-${options.prompt.length}`;
  return finished(
    options,
    { type: 'tool-call', toolCallId, toolName: plan.tool, input: JSON.stringify(plan.input) },
    'tool-calls',
  );
}

function finished(
  options: LanguageModelV4CallOptions,
  content: LanguageModelV4Content,
  unified: LanguageModelV4FinishReason['unified'],
): OfflineAnswer {
  const input = tokens(options.prompt);
  const output = tokens(content);
  return {
    content: [content],
    finishReason: { unified, raw: undefined },
    usage: {
      inputTokens: { total: input, noCache: input, cacheRead: 0, cacheWrite: 0 },
      outputTokens: { total: output, text: output, reasoning: 0 },
    },
  };
}

function tokens(value: unknown): number {
  return Math.ceil(JSON.stringify(value).length / 4);
}
