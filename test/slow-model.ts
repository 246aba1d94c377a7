import { LLMock } from '@copilotkit/aimock';

/** Words it says one after the other, some ten a second. */
const WORD = 'on and on ';
const CHUNK_MS = 100;

/** A provider whose model takes its time: `compatible/slow`. */
export interface SlowModel extends AsyncDisposable {
  /** Settings with which Famulus can use it. */
  env: Record<string, string>;
  /** Its name in Famulus. */
  model: string;
  /** How often it was asked. */
  asked(): number;
}

/** Starts a model that takes `seconds` to say what it says. */
export async function startSlowModel(seconds: number): Promise<SlowModel> {
  const mock = new LLMock({ port: 0, latency: CHUNK_MS, chunkSize: WORD.length, logLevel: 'silent' });
  const content = WORD.repeat((seconds * 1_000) / CHUNK_MS);
  mock.onMessage(/./, { content });
  const url = await mock.start();
  return {
    env: { OPENAI_COMPATIBLE_BASE_URL: `${url}/v1` },
    model: 'compatible/slow',
    asked: () => mock.getRequests().length,
    [Symbol.asyncDispose]: async () => await mock.stop(),
  };
}
