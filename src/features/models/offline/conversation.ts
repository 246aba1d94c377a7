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
  /** The message before it, when the reply to that one was a question. */
  asked?: string;
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
    ...(asked === undefined ? {} : { asked }),
    outcomes: outcomesIn(prompt.slice(last + 1)),
  };
}

function askedBefore(before: LanguageModelV4Prompt): string | undefined {
  const reply = before.at(-1);
  if (reply?.role !== 'assistant' || !textOf(reply).includes('?')) return undefined;
  const user = before.findLast((message) => message.role === 'user');
  return user && textOf(user);
}

function textOf(message: LanguageModelV4Message | undefined): string {
  if (!message || message.role === 'tool') return '';
  if (message.role === 'system') return message.content;
  return message.content
    .flatMap((part) => (part.type === 'text' ? [part.text] : []))
    .join('\n')
    .trim();
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
