import type { AssistantModelMessage, ModelMessage, ToolModelMessage } from 'ai';
import type { Message, MessagePart, ToolPart } from '../contract.ts';
import { isPending, isToolPart, toolName, type PendingCall } from '../parts.ts';
import { userContent } from './attached.ts';

type AssistantContent = Exclude<AssistantModelMessage['content'], string>;
type ToolContent = ToolModelMessage['content'];

/** Providers want an object, whatever the model wrote. */
function inputObject(input: ToolPart['input']): object {
  return typeof input === 'object' && input !== null && !Array.isArray(input) ? input : {};
}

function callContent(part: ToolPart): AssistantContent[number] {
  return {
    type: 'tool-call',
    toolCallId: part.toolCallId,
    toolName: toolName(part),
    input: inputObject(part.input),
    ...(part.callProviderMetadata && { providerOptions: part.callProviderMetadata }),
  };
}

function resultContent(part: Exclude<ToolPart, PendingCall>): ToolContent[number] {
  return {
    type: 'tool-result',
    toolCallId: part.toolCallId,
    toolName: toolName(part),
    output:
      part.state === 'output-error'
        ? { type: 'error-text', value: part.errorText }
        : { type: 'json', value: part.output },
  };
}

/** The parts of an assistant's message as what was said and asked for in each step, and the tools' answers to it. */
export function assistantMessages(parts: MessagePart[]): ModelMessage[] {
  const messages: ModelMessage[] = [];
  let content: AssistantContent = [];
  let results: ToolContent = [];
  let step: number | undefined;

  function endStep(): void {
    if (content.length > 0) messages.push({ role: 'assistant', content });
    if (results.length > 0) messages.push({ role: 'tool', content: results });
    content = [];
    results = [];
    step = undefined;
  }

  for (const part of parts) {
    if (part.type === 'text') {
      if (step !== undefined) endStep();
      if (part.text !== '') content.push({ type: 'text', text: part.text });
    } else if (isToolPart(part) && !isPending(part)) {
      if (step !== undefined && step !== part.toolMetadata.step) endStep();
      step = part.toolMetadata.step;
      content.push(callContent(part));
      results.push(resultContent(part));
    }
  }
  endStep();
  return messages;
}

/** A stored message as a model is shown it. */
export function modelMessages({ role, parts }: Pick<Message, 'role' | 'parts'>): ModelMessage[] {
  return role === 'assistant' ? assistantMessages(parts) : [{ role: 'user', content: userContent(parts) }];
}
