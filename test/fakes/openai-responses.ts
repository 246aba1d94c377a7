import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { z } from 'zod';

/** What OpenAI takes of a request, as far as Famulus sends it; all else is refused as it is there. */
const request = z
  .strictObject({
    model: z.string().optional(),
    prompt: z.strictObject({ id: z.string().regex(/^pmpt_/) }).optional(),
    input: z.array(z.looseObject({})).min(1),
    tools: z.array(z.looseObject({ type: z.literal('function'), name: z.string() })).optional(),
    tool_choice: z.unknown().optional(),
    stream: z.boolean().optional(),
    store: z.boolean().optional(),
    max_output_tokens: z.int().min(16).optional(),
    temperature: z.number().optional(),
  })
  .refine(
    ({ model, prompt }) => model !== undefined || prompt !== undefined,
    'one of model or prompt is needed',
  );

type ResponsesRequest = z.output<typeof request>;

export interface FakeResponses extends AsyncDisposable {
  /** With `/v1`. */
  url: string;
  asked: ResponsesRequest[];
  /** Ids of stored prompts, with the models that answer by them. */
  prompts: Map<string, string>;
}

function event(response: ServerResponse, type: string, rest: object): void {
  response.write(`event: ${type}\ndata: ${JSON.stringify({ type, ...rest })}\n\n`);
}

function refuse(response: ServerResponse, status: number, message: string): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(
    JSON.stringify({ error: { message, type: 'invalid_request_error', param: null, code: null } }),
  );
}

/**
 * OpenAI's Responses API with prompts stored there, strict about bodies. Asks for the first tool it is offered, and when it
 * has the result, or none is offered, says “By the prompt.”
 */
export async function startFakeResponses(): Promise<FakeResponses> {
  const asked: ResponsesRequest[] = [];
  const prompts = new Map<string, string>();

  function answer(body: ResponsesRequest, response: ServerResponse): void {
    const stored = body.prompt && prompts.get(body.prompt.id);
    if (body.prompt && stored === undefined) {
      refuse(response, 404, `Prompt with id '${body.prompt.id}' not found.`);
      return;
    }
    const model = body.model ?? stored ?? '';
    if (body.temperature !== undefined && /^(?:gpt-5|o\d)/.test(model)) {
      refuse(response, 400, "Unsupported parameter: 'temperature' is not supported with this model.");
      return;
    }
    const hasResult = body.input.some(({ type }) => type === 'function_call_output');
    const tool = hasResult ? undefined : body.tools?.[0];
    const item = tool
      ? {
          type: 'function_call',
          id: 'fc_1',
          call_id: 'call_1',
          name: tool.name,
          arguments: '{"action":"list"}',
          status: 'completed',
        }
      : {
          type: 'message',
          id: 'msg_1',
          role: 'assistant',
          status: 'completed',
          content: [{ type: 'output_text', text: 'By the prompt.', annotations: [] }],
        };
    const whole = {
      id: `resp_${asked.length}`,
      object: 'response',
      created_at: 1_764_579_600,
      model: `${model}-2026-01-01`,
      output: [item],
      usage: {
        input_tokens: 1_000,
        input_tokens_details: { cached_tokens: 0 },
        output_tokens: 100,
        output_tokens_details: { reasoning_tokens: 0 },
        total_tokens: 1_100,
      },
      incomplete_details: null,
      status: 'completed',
    };
    if (body.stream !== true) {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify(whole));
      return;
    }
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    event(response, 'response.created', { response: { ...whole, output: [], status: 'in_progress' } });
    event(response, 'response.output_item.added', {
      output_index: 0,
      item: tool ? { ...item, arguments: '' } : { ...item, content: [], status: 'in_progress' },
    });
    if (!tool) {
      event(response, 'response.output_text.delta', {
        item_id: 'msg_1',
        output_index: 0,
        content_index: 0,
        delta: 'By the prompt.',
      });
    }
    event(response, 'response.output_item.done', { output_index: 0, item });
    event(response, 'response.completed', { response: whole });
    response.end();
  }

  const server = createServer((incoming, response) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => {
      if (incoming.method !== 'POST' || incoming.url !== '/v1/responses') {
        refuse(response, 404, `${incoming.method} ${incoming.url}`);
        return;
      }
      const parsed = request.safeParse(JSON.parse(Buffer.concat(chunks).toString('utf8')));
      if (!parsed.success) {
        refuse(response, 400, z.prettifyError(parsed.error));
        return;
      }
      asked.push(parsed.data);
      answer(parsed.data, response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    asked,
    prompts,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
