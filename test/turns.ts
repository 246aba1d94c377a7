import type { LanguageModelV4CallOptions, LanguageModelV4StreamPart } from '@ai-sdk/provider';
import { MockLanguageModelV4 } from 'ai/test';
import { afterAll, afterEach, beforeAll } from 'vitest';

import { sendAndWait } from '#features/conversations/await-reply.ts';
import type { Message } from '#features/conversations/contract.ts';
import { turnHandler } from '#features/conversations/jobs.ts';
import { selectMessages } from '#features/conversations/queries/messages.ts';
import { sendMessage } from '#features/conversations/send-message.ts';
import { defaultLimits, type TurnLimits } from '#features/conversations/turns/limits.ts';
import type { TurnModels } from '#features/conversations/turns/models.ts';
import type { TurnTool } from '#features/conversations/turns/turn-tool.ts';
import type { TurnAssistant } from '#features/conversations/turns/open-turn.ts';
import type { TurnDeps } from '#features/conversations/turns/run-turn.ts';
import { openDatabase, type Database } from '#platform/db/index.ts';
import { createSignals, type Signals } from '#platform/events/signals.ts';
import { newId } from '#platform/ids/index.ts';
import {
  openWorkerSession,
  startLaneWorker,
  type ItemResult,
  type LaneHandler,
} from '#platform/lanes/index.ts';
import { createLogger } from '#platform/log/index.ts';
import type { TestDatabase } from './database.ts';
import { createAssistant, createThread, createUser } from './factories.ts';

/** What a scripted model does with a request. */
export interface ScriptedStep {
  /** Thought aloud before anything is said. */
  thought?: string;
  /** Sent in these pieces. */
  text?: string[];
  calls?: { id: string; name: string; input: unknown }[];
  /** Instead of an end. */
  error?: Error;
  /** Says nothing more, and does not heed the signal. */
  hang?: boolean;
}

export type Script = (request: LanguageModelV4CallOptions, count: number) => ScriptedStep;

function streamOf({
  thought,
  text = [],
  calls = [],
  error,
  hang,
}: ScriptedStep): ReadableStream<LanguageModelV4StreamPart> {
  return new ReadableStream({
    start(controller) {
      controller.enqueue({ type: 'stream-start', warnings: [] });
      if (thought !== undefined) {
        controller.enqueue({ type: 'reasoning-start', id: '0' });
        controller.enqueue({ type: 'reasoning-delta', id: '0', delta: thought });
        controller.enqueue({ type: 'reasoning-end', id: '0' });
      }
      controller.enqueue({ type: 'text-start', id: '1' });
      for (const delta of text) controller.enqueue({ type: 'text-delta', id: '1', delta });
      if (hang) return;
      if (error !== undefined) {
        controller.enqueue({ type: 'error', error });
        controller.close();
        return;
      }
      controller.enqueue({ type: 'text-end', id: '1' });
      for (const { id, name, input } of calls) {
        const json = typeof input === 'string' ? input : JSON.stringify(input);
        controller.enqueue({ type: 'tool-call', toolCallId: id, toolName: name, input: json });
      }
      controller.enqueue({
        type: 'finish',
        finishReason: { unified: calls.length > 0 ? 'tool-calls' : 'stop', raw: undefined },
        usage: {
          inputTokens: { total: 10, noCache: undefined, cacheRead: undefined, cacheWrite: undefined },
          outputTokens: { total: 5, text: undefined, reasoning: undefined },
        },
      });
      controller.close();
    },
  });
}

/** A stand-in for a provider: `script` says what it answers. */
export function scriptedModel(script: Script): MockLanguageModelV4 {
  let count = 0;
  return new MockLanguageModelV4({
    doStream: async (request) => {
      count += 1;
      const step = script(request, count);
      if (step.error !== undefined && !step.text) throw step.error;
      return await Promise.resolve({ stream: streamOf(step) });
    },
  });
}

/** Says "you said: …" about the last message of the user. */
export const echo: Script = ({ prompt }) => {
  const last = prompt.findLast((message) => message.role === 'user');
  const part = last?.role === 'user' ? last.content.at(-1) : undefined;
  return { text: [`you said: ${part?.type === 'text' ? part.text : ''}`] };
};

/** A person with a secretary and its main thread. */
export interface TestThread {
  user_id: string;
  assistant_id: string;
  thread_id: string;
  send(text: string, external_id?: string): Promise<Message>;
  /** The reply, once it is over. */
  reply(message: Message): Promise<Message>;
  messages(): Promise<Message[]>;
  /** Types of the user's events, in order. */
  events(): Promise<string[]>;
}

const NO_REPLY_MS = 15_000;

/** As seen from `process`, e.g. one that works no lanes. */
export async function testThread(
  { owner }: TestDatabase,
  { database, signals }: Pick<TestProcess, 'database' | 'signals'>,
): Promise<TestThread> {
  const { id: user_id } = await createUser(database.system, { timezone: 'Europe/Berlin' });
  const { id: assistant_id } = await createAssistant(database.system, { user_id });
  const { id: thread_id } = await createThread(database.system, { user_id, assistant_id, is_main: true });
  return {
    user_id,
    assistant_id,
    thread_id,
    send: async (text, external_id) =>
      await database.asUser(
        user_id,
        async (tx) => await sendMessage(tx, user_id, { thread_id, text, channel: 'api', external_id }),
      ),
    reply: async (message) => {
      const options = { user_id, wait_ms: NO_REPLY_MS, signal: new AbortController().signal };
      const { reply } = await sendAndWait(
        { database, signals },
        options,
        async () => await Promise.resolve(message),
      );
      if (!reply) throw new Error(`no reply to ${message.id}`);
      return reply;
    },
    messages: async () => await selectMessages(database.system, thread_id, { limit: 1_000 }),
    events: async () => {
      const { rows } = await owner.query<{ type: string }>(
        'select type from events where user_id = $1 order by seq',
        [user_id],
      );
      return rows.map(({ type }) => type);
    },
  };
}

/** Reaches the other ends by NOTIFY, as a process of its own does. */
export interface TestProcess {
  database: Database;
  signals: Signals;
  /** What became of each item. */
  results: ItemResult[];
  /** As after kill -9: its session is gone, and what it was about to do is not done. */
  kill(): Promise<void>;
  stop(): Promise<void>;
}

/** A process in all but name: its own pools, session and signals, and with a handler a worker for threads' lanes. */
export async function startTestProcess(
  db: TestDatabase,
  handlerFor?: (signals: Signals) => LaneHandler,
  concurrency = 8,
): Promise<TestProcess> {
  let send: (payload: string) => Promise<void> = async () => {};
  const signals = createSignals(newId(), async (payload) => await send(payload));
  const database = openDatabase({
    connection: db.connection,
    roles: db.roles,
    poolSize: 5,
    onHints: (topics) => signals.publishAll(topics),
  });
  const session = await openWorkerSession({
    connection: database.systemConnection,
    services: ['assistant'],
    onNotification: (payload) => signals.receive(payload),
    onReconnect: () => signals.wakeAll(),
    onLost: () => {},
  });
  send = async (payload) => await session.notify(payload);
  const results: ItemResult[] = [];
  const worker =
    handlerFor &&
    startLaneWorker({
      database,
      signals,
      worker: session.worker,
      scopes: ['thread'],
      handlers: [handlerFor(signals)],
      concurrency,
      pollMs: 50,
      onResult: (_, result) => results.push(result),
    });
  let ending: Promise<void> | undefined;
  return {
    database,
    signals,
    results,
    kill: async () => {
      const stopped = worker?.stop(0);
      await session.close();
      ending = Promise.resolve(stopped).then(async () => await database.close());
    },
    stop: async () => {
      ending ??= Promise.resolve(worker?.stop(5_000))
        .then(async () => await session.close())
        .then(async () => await database.close());
      await ending;
    },
  };
}

/** A tool as an assistant has it, with what a test wants to be otherwise. */
export function turnTool(
  executor: TurnTool['executor'],
  { id = newId(), ...terms }: Partial<Omit<TurnTool, 'executor'>> = {},
): TurnTool {
  return {
    id,
    name: 'tool',
    tool_type: executor.kind === 'assistant' ? 'sub_assistant' : executor.tool_type,
    description: 'A tool',
    input_schema: null,
    config: {},
    approval: 'auto',
    sub_assistant_id: null,
    ...terms,
    executor,
  };
}

export interface TurnScript {
  /** By `provider/model`; `builtin/offline` is the last resort. */
  models: Record<string, MockLanguageModelV4>;
  tools?: TurnTool[];
  limits?: Partial<TurnLimits>;
  settings?: TurnAssistant['settings'];
  /** Others that can be asked, by their ids. */
  others?: Record<string, Partial<TurnAssistant>>;
  /** Strangers' words are known about the user. */
  tainted?: boolean;
  /** Of all models; USD per million tokens. */
  price?: { input: number; output: number };
  health?: TurnModels['health'];
  /** Bytes of attachments, by their ids. */
  files?: Record<string, Uint8Array>;
  /** Of all models, tokens; default 100,000. */
  window?: number;
}

/** The handler of turns with scripted models. `signals` are those of the process it is for. */
export function scriptedTurns(
  signals: Signals,
  {
    models,
    tools,
    limits,
    settings,
    others = {},
    tainted = false,
    price,
    health,
    files = {},
    window,
  }: TurnScript,
): LaneHandler {
  const deps: TurnDeps = {
    signals,
    log: createLogger({ level: 'silent', pretty: false }),
    limits: { ...defaultLimits, retry_ms: 1, ...limits },
    sources: {
      assistant: async (_, id) =>
        await Promise.resolve({
          id,
          name: 'Secretary',
          instructions: 'Be brief.',
          assistant_type: 'llm',
          openai_assistant_id: null,
          is_active: true,
          model: Object.keys(models)[0] ?? null,
          settings: settings ?? {},
          tools: tools ?? [],
          ...others[id],
        }),
      context: async (_, { person: { timezone } }) =>
        await Promise.resolve({
          prompt: (instructions) => `${instructions}\n\nThe user's time zone is ${timezone}.`,
          tainted,
          told: () => {},
        }),
    },
    models: {
      default_model: 'builtin/offline',
      last_resort: 'builtin/offline',
      resolve: (name) => {
        const model = models[name];
        if (!model) throw new Error(`no such model: ${name}`);
        return model;
      },
      about: () => ({
        context_window: window ?? 100_000,
        max_output_tokens: 10_000,
        price: price ?? null,
        accepts: { images: false, pdf: false },
      }),
      costOf: (_, { input_tokens, output_tokens }) =>
        price ? (input_tokens * price.input + output_tokens * price.output) / 1e6 : null,
      health: health ?? { mayTry: () => true, succeeded: () => {}, failed: () => {} },
    },
    readFile: async (_, id) => await Promise.resolve(files[id]),
  };
  return turnHandler(deps);
}

/** Where turns are played: one process for the user, and as many as a test starts for the assistant. */
export interface TurnStage {
  /** Works no lanes. There from `beforeAll` on. */
  readonly front: TestProcess;
  thread(): Promise<TestThread>;
  /** Stopped after the test. */
  start(handlerFor: (signals: Signals) => LaneHandler, concurrency?: number): Promise<TestProcess>;
  /** The same with scripted models. */
  assistant(script: TurnScript): Promise<TestProcess>;
}

/** Call once at the top of a test file. */
export function turnStage(db: TestDatabase): TurnStage {
  let front: TestProcess | undefined;
  const running: TestProcess[] = [];
  beforeAll(async () => {
    front = await startTestProcess(db);
  });
  afterEach(async () => {
    const stopping = running.splice(0).map(async (one) => await one.stop());
    await Promise.all(stopping);
  });
  afterAll(async () => await front?.stop());

  function there(): TestProcess {
    if (!front) throw new Error('the stage is there from beforeAll on');
    return front;
  }
  async function start(
    handlerFor: (signals: Signals) => LaneHandler,
    concurrency?: number,
  ): Promise<TestProcess> {
    const one = await startTestProcess(db, handlerFor, concurrency);
    running.push(one);
    return one;
  }
  return {
    get front() {
      return there();
    },
    thread: async () => await testThread(db, there()),
    start,
    assistant: async (script) => await start((signals) => scriptedTurns(signals, script)),
  };
}
