import type { Client } from '#test/client.ts';
import { ask, type MessageRecord } from '#test/records.ts';

/** A reply with what it used, as the API shows it. */
export type UsedReply = MessageRecord & {
  error: string | null;
  usage: { input_tokens: number; output_tokens: number } | null;
  cost_usd: number | null;
};

interface NewAssistant {
  name: string;
  model?: string;
  assistant_type?: 'llm' | 'openai_api';
  openai_assistant_id?: string;
  settings?: Record<string, unknown>;
}

/** Makes an assistant with every tool, and answers the id of a thread with it. */
export async function threadWith(client: Client, assistant: NewAssistant): Promise<string> {
  const made = await client.post<{ id: string }>('/api/assistants', assistant);
  if (made.status !== 201)
    throw new Error(`POST /api/assistants: ${made.status} ${JSON.stringify(made.body)}`);
  const tools = await client.get<{ items: { id: string; tool_type: string }[] }>('/api/tools');
  for (const { id, tool_type } of tools.body.items) {
    if (tool_type === 'reminder') await client.put(`/api/assistants/${made.body.id}/tools/${id}`, {});
  }
  const thread = await client.post<{ id: string }>('/api/threads', { assistant_id: made.body.id });
  return thread.body.id;
}

export async function replyTo(client: Client, thread: string, text: string): Promise<UsedReply> {
  return (await ask(client, thread, text)).reply as UsedReply;
}
