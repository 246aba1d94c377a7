import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { ReadBuffer, serializeMessage } from '@modelcontextprotocol/sdk/shared/stdio.js';
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import type { JSONRPCMessage } from '@modelcontextprotocol/sdk/types.js';
import { AppError, messageOf } from '#platform/errors/index.ts';
import { newId } from '#platform/ids/index.ts';
import { endFamily } from '#platform/processes/index.ts';

/** One message may have so many bytes; what says more without an end is ended. */
const MAX_MESSAGE_BYTES = 16 * 1024 * 1024;
/** How long it may take to end by itself when its input does, and after SIGTERM. */
const GRACE_MS = 2_000;
const MARK = 'FAMULUS_PROCESS';

export interface StdioOptions {
  command: string;
  args: readonly string[];
  /** The whole environment. */
  env: Record<string, string>;
  cwd: string;
  onStderr(text: string): void;
}

const running = new Set<number>();
// A process that dies without stopping leaves nothing behind that it can still reach.
process.once('exit', () => {
  for (const pid of running) {
    try {
      process.kill(-pid, 'SIGKILL');
    } catch {
      // Gone.
    }
  }
});

/**
 * A server as a process of ours that speaks over its standard input and output. The SDK has the like, but its processes
 * share our group, our HOME and what is in our environment beside it, and leave children behind.
 */
export class StdioTransport implements Transport {
  onclose?: () => void;
  onerror?: (error: Error) => void;
  onmessage?: (message: JSONRPCMessage) => void;
  readonly #options: StdioOptions;
  readonly #mark = newId();
  #child: ChildProcessWithoutNullStreams | undefined;
  #unread = 0;
  #ending: Promise<void> | undefined;

  constructor(options: StdioOptions) {
    this.#options = options;
  }

  async start(): Promise<void> {
    const { command, args, env, cwd, onStderr } = this.#options;
    const child = spawn(command, args, {
      cwd,
      env: { ...env, [MARK]: this.#mark },
      stdio: 'pipe',
      shell: false,
      // Leader of a group of its own.
      detached: true,
    });
    this.#child = child;
    const buffer = new ReadBuffer();
    child.stdout.on('data', (chunk: Buffer) => this.#read(buffer, chunk));
    child.stderr.setEncoding('utf8').on('data', onStderr);
    // Written to after its end.
    for (const stream of [child.stdin, child.stdout, child.stderr])
      stream.on('error', (error: Error) => this.onerror?.(error));
    await new Promise<void>((resolve, reject) => {
      child.once('spawn', resolve);
      child.once('error', (error) => reject(cannotStart(command, error)));
    });
    running.add(child.pid!);
    child.once('exit', () => void this.close());
  }

  #read(buffer: ReadBuffer, chunk: Buffer): void {
    this.#unread = chunk.includes(0x0a)
      ? chunk.length - chunk.lastIndexOf(0x0a)
      : this.#unread + chunk.length;
    if (this.#unread > MAX_MESSAGE_BYTES || chunk.length > MAX_MESSAGE_BYTES) {
      this.onerror?.(new Error(`a message has more than ${MAX_MESSAGE_BYTES} bytes`));
      void this.close();
      return;
    }
    buffer.append(chunk);
    for (;;) {
      try {
        const message = buffer.readMessage();
        if (message === null) return;
        this.onmessage?.(message);
      } catch (error) {
        // A line that is none of the protocol: many print greetings.
        this.onerror?.(error instanceof Error ? error : new Error(String(error)));
      }
    }
  }

  async send(message: JSONRPCMessage): Promise<void> {
    const child = this.#child;
    if (!child || this.#ending) throw new Error('the server has ended');
    const isTaken = child.stdin.write(serializeMessage(message));
    if (isTaken) return;
    await new Promise<void>((resolve) => {
      child.stdin.once('drain', resolve);
      child.once('exit', () => resolve());
    });
  }

  /** Ends it with all it has started, however often it is asked. */
  async close(): Promise<void> {
    await (this.#ending ??= this.#end());
  }

  async #end(): Promise<void> {
    const child = this.#child;
    const pid = child?.pid;
    if (child && pid !== undefined) {
      // What waits for an answer hears of the end at once, before the last child has gone.
      this.onclose?.();
      child.stdin.end();
      await endFamily(pid, { mark: `${MARK}=${this.#mark}`, grace_ms: GRACE_MS });
      running.delete(pid);
    }
  }
}

function cannotStart(command: string, error: Error): AppError {
  const isMissing = 'code' in error && error.code === 'ENOENT';
  return new AppError({
    code: 'mcp.cannot_start',
    kind: 'unavailable',
    message: isMissing
      ? `There is no program ${command} on the machine`
      : `${command} cannot be started: ${messageOf(error)}`,
    cause: error,
  });
}
