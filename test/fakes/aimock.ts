import { LLMock, type ChaosConfig } from '@copilotkit/aimock';
import { startRecordingProxy, type SentRequest } from '#test/fakes/recording-proxy.ts';

/** What a fixture says was used. */
export interface FakeUsage {
  input: number;
  output: number;
}

/** A tool the model asks for. */
export interface FakeCall {
  name: string;
  input: Record<string, unknown>;
  /** Default: one of its own. Gemini has none. */
  id?: string;
}

export type FakeProvider = 'openai' | 'anthropic' | 'google' | 'ollama' | 'compatible';

export const FAKE_KEY = 'fake-key-of-tests';

/**
 * Providers of models, strict: what no fixture is for is an error (503). One server speaks as OpenAI (chat and Responses),
 * Anthropic, Gemini, Ollama and a compatible one.
 */
export interface FakeModels extends AsyncDisposable {
  /** Where it is, without a path. */
  url: string;
  /** Settings with which Famulus can use it as these providers; default: all. */
  env(...providers: FakeProvider[]): Record<string, string>;
  /** Says this to a user's message that contains `asked`. Fixtures given first come first. */
  says(asked: string | RegExp, content: string, usage?: FakeUsage): void;
  /** Asks for tools when a user says `asked`, and says `then` when it has what they answered. */
  calls(asked: string | RegExp, calls: FakeCall | FakeCall[], then: string, usage?: FakeUsage): void;
  /** Refuses everything from now on, until `clear`. */
  refuses(status: number, options?: { message?: string; retryAfter?: number }): void;
  /** Latency, cut connections, garbage, 429: shares of all answers, 0 to 1. */
  chaos(config: ChaosConfig): void;
  /** For all else, e.g. `mock.onTurn`, `truncateAfterChunks`. */
  mock: LLMock;
  /** What was asked for answers, as it came over the wire, oldest first. */
  asked(): SentRequest[];
  /** Forgets fixtures, chaos and what was asked. */
  clear(): void;
}

/** In the words of every protocol: each provider reads its own. */
function usageOf({ input, output }: FakeUsage) {
  return {
    prompt_tokens: input,
    completion_tokens: output,
    input_tokens: input,
    output_tokens: output,
    promptTokenCount: input,
    candidatesTokenCount: output,
    totalTokenCount: input + output,
  };
}

function envOf(url: string): Record<FakeProvider, Record<string, string>> {
  return {
    openai: { OPENAI_API_KEY: FAKE_KEY, OPENAI_BASE_URL: `${url}/v1` },
    anthropic: { ANTHROPIC_API_KEY: FAKE_KEY, ANTHROPIC_BASE_URL: `${url}/v1` },
    google: {
      GOOGLE_GENERATIVE_AI_API_KEY: FAKE_KEY,
      GOOGLE_GENERATIVE_AI_BASE_URL: `${url}/v1beta`,
    },
    ollama: { OLLAMA_BASE_URL: url },
    compatible: { OPENAI_COMPATIBLE_BASE_URL: `${url}/v1`, OPENAI_COMPATIBLE_API_KEY: FAKE_KEY },
  };
}

const everyProvider: FakeProvider[] = ['openai', 'anthropic', 'google', 'ollama', 'compatible'];

/** Starts it on a free port. */
export async function startFakeModels(): Promise<FakeModels> {
  const mock = new LLMock({ port: 0, strict: true, logLevel: 'silent' });
  const proxy = await startRecordingProxy(await mock.start());
  // Gemini's own reason for an end, which the others don't look at: theirs are given by what the answer is.
  const end = { finishReason: 'stop' };
  return {
    url: proxy.url,
    mock,
    env: (...providers) => {
      const all = envOf(proxy.url);
      const chosen = providers.length > 0 ? providers : everyProvider;
      return Object.assign({}, ...chosen.map((name) => all[name])) as Record<string, string>;
    },
    says: (asked, content, usage) =>
      void mock.on({ userMessage: asked }, { content, ...(usage && { usage: usageOf(usage) }) }),
    calls: (asked, calls, then, usage) => {
      const used = usage && { usage: usageOf(usage) };
      const toolCalls = [calls].flat().map(({ name, input, id }) => ({
        name,
        arguments: JSON.stringify(input),
        ...(id !== undefined && { id }),
      }));
      mock.on({ userMessage: asked, hasToolResult: false }, (request) => ({
        toolCalls,
        ...used,
        ...(/gemini/.test(request.model) && end),
      }));
      mock.on({ userMessage: asked, hasToolResult: true }, { content: then, ...used });
    },
    refuses: (status, { message = `refused with ${status}`, retryAfter } = {}) =>
      void mock.prependFixture({
        match: { predicate: () => true },
        response: { error: { message }, status, ...(retryAfter !== undefined && { retryAfter }) },
      }),
    chaos: (config) => void mock.setChaos(config),
    asked: () => proxy.sent.filter(({ method }) => method === 'POST'),
    clear: () => {
      mock.clearFixtures();
      mock.clearChaos();
      mock.clearRequests();
      mock.resetMatchCounts();
      proxy.sent.length = 0;
    },
    [Symbol.asyncDispose]: async () => {
      await proxy[Symbol.asyncDispose]();
      await mock.stop();
    },
  };
}
