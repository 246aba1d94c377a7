import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** A message as the OpenAI chat API has it, as far as tests look at it. */
export interface ChatMessage {
  role: 'system' | 'user' | 'assistant' | 'tool';
  content: string | { type: string; text?: string }[] | null;
  tool_calls?: { id: string; function: { name: string; arguments: string } }[];
  tool_call_id?: string;
}

export interface ChatRequest {
  model: string;
  messages: ChatMessage[];
  tools?: { function: { name: string; description: string; parameters: unknown } }[];
  max_tokens?: number;
  stream?: boolean;
}

/** What the server does with a request. */
export interface ChatAnswer {
  /** Said in these pieces. */
  text?: string[];
  calls?: { id: string; name: string; input: unknown }[];
  /** Instead of an answer. */
  status?: number;
  headers?: Record<string, string>;
  /** Sent as it is, instead of what `text` and `calls` would be. */
  raw?: string;
  /** Between two pieces. */
  drip_ms?: number;
  /** After the pieces: the connection is dropped, or stays open for ever. */
  ending?: 'cut' | 'hang';
  /** Awaited before the first byte, and behind the last. */
  before?: () => Promise<void>;
  after?: () => Promise<void>;
}

export type ChatScript = (request: ChatRequest, count: number) => ChatAnswer;

/** A provider that speaks the OpenAI chat API, streaming where it is asked to, and does what a script says: `compatible/scripted`. */
export interface ChatServer extends AsyncDisposable {
  url: string;
  /** Settings with which Famulus can use it. */
  env: Record<string, string>;
  /** Its name in Famulus. */
  model: string;
  /** What it was asked, oldest first: with the size of the body in bytes. */
  asked: (ChatRequest & { bytes: number })[];
  /** What it does from now on. */
  play(script: ChatScript): void;
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of request.setEncoding('utf8')) body += String(chunk);
  return body;
}

function chunk(delta: object, finish_reason: string | null = null): string {
  const choices = [{ index: 0, delta, finish_reason }];
  const head = { id: 'chat-1', object: 'chat.completion.chunk', created: 0, model: 'scripted' };
  return `data: ${JSON.stringify({ ...head, choices })}\n\n`;
}

function callChunks(calls: NonNullable<ChatAnswer['calls']>): string[] {
  return calls.map(({ id, name, input }, index) => {
    const json = typeof input === 'string' ? input : JSON.stringify(input);
    return chunk({ tool_calls: [{ index, id, type: 'function', function: { name, arguments: json } }] });
  });
}

/** All at once, for who wants no stream. */
function whole({ text = [], calls = [] }: ChatAnswer): string {
  const tool_calls = calls.map(({ id, name, input }) => ({
    id,
    type: 'function',
    function: { name, arguments: JSON.stringify(input) },
  }));
  const message = { role: 'assistant', content: text.join(''), ...(calls.length > 0 && { tool_calls }) };
  const finish_reason = calls.length > 0 ? 'tool_calls' : 'stop';
  return JSON.stringify({
    id: 'chat-1',
    object: 'chat.completion',
    created: 0,
    model: 'scripted',
    choices: [{ index: 0, message, finish_reason }],
    usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
  });
}

async function answer(
  response: ServerResponse,
  said: ChatAnswer,
  { bytes, stream }: { bytes: number; stream: boolean },
): Promise<void> {
  const { text = [], calls = [], status, headers, raw, drip_ms, ending } = said;
  await said.before?.();
  if (status !== undefined) {
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(raw ?? JSON.stringify({ error: { message: `refused with ${status}`, type: 'error' } }));
    return;
  }
  if (!stream) {
    response.writeHead(200, { 'content-type': 'application/json', ...headers });
    response.end(raw ?? whole(said));
    return;
  }
  response.writeHead(200, { 'content-type': 'text/event-stream', ...headers });
  response.flushHeaders();
  const pieces =
    raw === undefined ? [...text.map((content) => chunk({ content })), ...callChunks(calls)] : [raw];
  for (const piece of pieces) {
    response.write(piece);
    if (drip_ms !== undefined) await sleep(drip_ms);
  }
  if (ending === 'hang') return;
  if (ending === 'cut') {
    await new Promise((resolve) => setImmediate(resolve));
    response.destroy();
    return;
  }
  if (raw === undefined) {
    response.write(chunk({}, calls.length > 0 ? 'tool_calls' : 'stop'));
    const usage = {
      prompt_tokens: Math.ceil(bytes / 4),
      completion_tokens: Math.ceil(text.join('').length / 4) + 5 * calls.length,
      total_tokens: 0,
    };
    response.write(`data: ${JSON.stringify({ id: 'chat-1', choices: [], usage })}\n\ndata: [DONE]\n\n`);
  }
  await new Promise<void>((resolve) => response.end(resolve));
  await said.after?.();
}

/** Starts one on a free port of this machine. */
export async function startChatServer(script: ChatScript): Promise<ChatServer> {
  let current = script;
  const asked: ChatServer['asked'] = [];
  const server = createServer((request, response) => {
    const work = async () => {
      if (request.method !== 'POST') {
        response.writeHead(200, { 'content-type': 'application/json' });
        response.end(JSON.stringify({ data: [{ id: 'scripted', object: 'model' }] }));
        return;
      }
      const body = await bodyOf(request);
      const parsed = JSON.parse(body) as ChatRequest;
      asked.push({ ...parsed, bytes: Buffer.byteLength(body) });
      await answer(response, current(parsed, asked.length), {
        bytes: Buffer.byteLength(body),
        stream: parsed.stream === true,
      });
    };
    // A client that is gone is part of what is played.
    work().catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    env: { OPENAI_COMPATIBLE_BASE_URL: `${url}/v1` },
    model: 'compatible/scripted',
    asked,
    play: (next) => {
      current = next;
    },
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** What the user said last. */
export function lastSaid({ messages }: ChatRequest): string {
  const message = messages.findLast(({ role }) => role === 'user');
  const content = message?.content ?? '';
  return typeof content === 'string' ? content : content.map(({ text }) => text ?? '').join('');
}

/** What tools have answered since then, in order. */
export function toolAnswers({ messages }: ChatRequest): string[] {
  const since = messages.slice(messages.findLastIndex(({ role }) => role === 'user'));
  return since
    .filter(({ role }) => role === 'tool')
    .map(({ content }) => (typeof content === 'string' ? content : JSON.stringify(content)));
}
