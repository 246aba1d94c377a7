import { join } from 'node:path';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import {
  StreamableHTTPClientTransport,
  StreamableHTTPError,
} from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import { ToolListChangedNotificationSchema } from '@modelcontextprotocol/sdk/types.js';
import { AppError, isAppError, messageOf } from '#platform/errors/index.ts';
import { makeDirectory } from '#platform/files/make-directory.ts';
import type { Logger } from '#platform/log/index.ts';
import type { Outbound } from '#platform/outbound/index.ts';
import { StdioTransport } from './stdio-transport.ts';
import { stderrLog } from './stderr-log.ts';
import type { Target } from './target.ts';

/** To be there and to have said what it is. */
const CONNECT_MS = 20_000;
const MAX_ANSWER_BYTES = 16 * 1024 * 1024;

export interface OpenOptions {
  outbound: Pick<Outbound, 'within'>;
  log: Logger;
  version: string;
  /** Each stdio server has its own home in there. */
  directory: string;
  /** What programs are found by. */
  path: string;
}

export interface Opened {
  client: Client;
  close(): Promise<void>;
}

/** Told of what a server does by itself. */
export interface Told {
  toolsChanged(): void;
  /** It is gone: ended, crashed or closed by us. */
  closed(): void;
}

async function transportTo({ way, id, name }: Target, options: OpenOptions): Promise<Transport> {
  if (way.transport === 'http') {
    const transport = new StreamableHTTPClientTransport(new URL(way.url), {
      fetch: options.outbound.within({ total_ms: null, max_bytes: MAX_ANSWER_BYTES, max_redirects: 0 }),
      requestInit: { headers: way.headers },
    });
    return transport;
  }
  const home = join(options.directory, id);
  await makeDirectory(home);
  const { command, args, env } = way;
  return new StdioTransport({
    command,
    args,
    // Nothing of ours but the way to programs: no keys, no home.
    env: { PATH: options.path, HOME: home, LANG: 'C.UTF-8', ...env },
    cwd: home,
    onStderr: stderrLog(options.log, { server: name, secrets: Object.values(env) }),
  });
}

/**
 * Connects to a server. We offer it nothing: no sampling, no roots, no questions to the user.
 * @throws AppError `mcp.cannot_start`, `mcp.unreachable`, `outbound.…`
 */
export async function openServer(target: Target, options: OpenOptions, told: Told): Promise<Opened> {
  const transport = await transportTo(target, options);
  const client = new Client({ name: 'famulus', version: options.version }, { capabilities: {} });
  const onerror = (error: Error) =>
    options.log.debug(
      { server: target.name, error: messageOf(error) },
      'an MCP server said what it should not',
    );
  Object.assign(client, { onerror });
  client.setNotificationHandler(ToolListChangedNotificationSchema, () => told.toolsChanged());
  try {
    await client.connect(transport, { timeout: CONNECT_MS, maxTotalTimeout: CONNECT_MS });
  } catch (error) {
    await transport.close();
    throw asUnreachable(target, error);
  }
  Object.assign(client, { onclose: () => told.closed() });
  return { client, close: async () => await transport.close() };
}

/** What the SDK and the network throw, in words for the admin and the model. */
export function asUnreachable({ name }: Pick<Target, 'name'>, error: unknown): AppError {
  const cause = error instanceof Error && isAppError(error.cause) ? error.cause : error;
  if (isAppError(cause)) return cause;
  const status = cause instanceof StreamableHTTPError && cause.code ? `HTTP ${cause.code}, ` : '';
  return new AppError({
    code: 'mcp.unreachable',
    kind: 'unavailable',
    message: `The MCP server ${name} cannot be used: ${status}${messageOf(cause).slice(0, 500)}`,
    cause,
  });
}
