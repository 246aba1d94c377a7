import type {
  LanguageModelV4Message,
  LanguageModelV4Prompt,
  LanguageModelV4ToolResultOutput,
} from '@ai-sdk/provider';

/** A tool call of this turn with what came of it. */
export interface ToolOutcome {
  name: string;
  input: unknown;
  /** What the tool returned; `failure` is set instead when it could not be carried out. */
  output?: unknown;
  failure?: string;
}

export interface Conversation {
  system: string;
  /** The message to answer. */
  text: string;
  /** The names of the files beside it. */
  files: string[];
  /** The message before it and the reply to that one, when this was a question. */
  asked?: string;
  question?: string;
  /** Calls made for this message so far, in order. */
  outcomes: ToolOutcome[];
}

/** What matters of a prompt: the last message of the user and what has been done for it. */
export function readConversation(prompt: LanguageModelV4Prompt): Conversation {
  const last = prompt.findLastIndex((message) => message.role === 'user');
  const system = prompt.flatMap((message) => (message.role === 'system' ? [message.content] : [])).join('\n');
  const asked = askedBefore(prompt.slice(0, Math.max(last, 0)));
  return {
    system,
    text: last < 0 ? '' : textOf(prompt[last]),
    files: last < 0 ? [] : filesIn(prompt[last]),
    ...asked,
    outcomes: outcomesIn(prompt.slice(last + 1)),
  };
}

function askedBefore(before: LanguageModelV4Prompt): Pick<Conversation, 'asked' | 'question'> {
  const question = replyAt(before, before.length - 1);
  if (!question?.includes('?')) return {};
  // a question that was said again is about the message it came for first
  let at = before.length;
  do at = before.slice(0, at).findLastIndex((message) => message.role === 'user');
  while (at > 0 && replyAt(before, at - 1) === question);
  return at < 0 ? {} : { asked: textOf(before[at]), question };
}

function replyAt(prompt: LanguageModelV4Prompt, at: number): string | undefined {
  const message = prompt[at];
  return message?.role === 'assistant' ? textOf(message) : undefined;
}

function textOf(message: LanguageModelV4Message | undefined): string {
  if (!message || message.role === 'tool') return '';
  if (message.role === 'system') return message.content;
  return message.content
    .flatMap((part) => (part.type === 'text' ? [part.text] : []))
    .join('\n')
    .trim();
}

function filesIn(message: LanguageModelV4Message | undefined): string[] {
  if (message?.role !== 'user') return [];
  return message.content.flatMap((part) => (part.type === 'file' ? [part.filename ?? part.mediaType] : []));
}

function outcomesIn(messages: LanguageModelV4Prompt): ToolOutcome[] {
  const inputs = new Map<string, unknown>();
  const outcomes: ToolOutcome[] = [];
  for (const message of messages) {
    if (message.role !== 'assistant' && message.role !== 'tool') continue;
    for (const part of message.content) {
      if (part.type === 'tool-call') inputs.set(part.toolCallId, part.input);
      if (part.type === 'tool-result') {
        outcomes.push({ name: part.toolName, input: inputs.get(part.toolCallId), ...resultOf(part.output) });
      }
    }
  }
  return outcomes;
}

function resultOf(output: LanguageModelV4ToolResultOutput): Pick<ToolOutcome, 'output' | 'failure'> {
  switch (output.type) {
    case 'json':
      return { output: output.value };
    case 'text':
      return { output: parsed(output.value) };
    case 'error-text':
      return { failure: output.value };
    case 'error-json':
      return { failure: JSON.stringify(output.value) };
    case 'execution-denied':
      return { failure: output.reason ?? 'not allowed' };
    case 'content':
      return {
        output: parsed(output.value.flatMap((part) => (part.type === 'text' ? [part.text] : [])).join('\n')),
      };
  }
}

/** A tool may answer in JSON written as text. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
