import type { Client } from '@modelcontextprotocol/sdk/client/index.js';
import type { JsonValue } from '#platform/db/index.ts';
import type { FeatureContext } from '#platform/feature/index.ts';
import { AppError, isAppError, messageOf } from '#platform/errors/index.ts';
import { applyOffers } from './apply-offers.ts';
import { createConnections, type Connections } from './connect/connections.ts';
import type { OpenOptions } from './connect/open.ts';
import type { Target } from './connect/target.ts';
import { recordOutcome, selectServer, type ServerRow } from './queries/servers.ts';
import { openSecrets } from './secrets.ts';
import { requireStdio } from './require-stdio.ts';
import { noSuchServer, serverTopic, tellServer } from './servers.ts';

/** What says that a server cannot be used, as against one call of a tool. */
const failing = new Set([
  'mcp.cannot_start',
  'mcp.unreachable',
  'outbound.refused',
  'outbound.unreachable',
  'outbound.timeout',
]);

/** While a connection is used, the tools are looked at anew after this. */
const FRESH_MS = 10 * 60_000;

export interface ClientsOptions extends Omit<OpenOptions, 'outbound' | 'log'> {
  /** Whether programs of this machine may be servers. */
  stdio: boolean;
  idle_ms?: number;
  fresh_ms?: number;
  /** Milliseconds that only grow. */
  clock?: () => number;
}

/** This process as a client of the attached MCP servers. */
export interface McpClients {
  /** Reads a server's tools now. What fails is kept as its error and thrown. */
  refresh(serverId: string): Promise<void>;
  /** Calls a tool; `check` is asked when the tools are as fresh as they can be, and throws where the call must not be. */
  call(serverId: string, asked: RemoteCall): Promise<JsonValue>;
  close(): Promise<void>;
}

export interface RemoteCall {
  remote_name: string;
  arguments: Record<string, JsonValue>;
  signal: AbortSignal;
  check: () => Promise<void>;
}

export function createClients(
  { database, encryption, outbound, signals, log }: FeatureContext,
  { stdio, idle_ms, fresh_ms = FRESH_MS, clock = () => performance.now(), ...options }: ClientsOptions,
): McpClients {
  /** When the tools were read over a connection. */
  const listedAt = new WeakMap<Client, number>();
  const subscribed = new Map<string, () => void>();
  const refreshing = new Map<string, Promise<void>>();
  const connections: Connections = createConnections({
    // The SDK is loaded with the first connection.
    open: async (target, told) =>
      await (await import('./connect/open.ts')).openServer(target, { ...options, outbound, log }, told),
    onToolsChanged: (id) => {
      refresh(id, false).catch((error: unknown) =>
        log.info(
          { server_id: id, error: messageOf(error) },
          'the changed tools of an MCP server were not read',
        ),
      );
    },
    clock,
    ...(idle_ms !== undefined && { idle_ms }),
  });

  /** Another way to it, or none any more: what is open to it is closed. */
  function watch(id: string): void {
    if (subscribed.has(id)) return;
    subscribed.set(
      id,
      signals.subscribe(serverTopic(id), () => void connections.drop(id)),
    );
  }

  async function targetOf(server: ServerRow): Promise<Target> {
    const { id, name, revision, timeout_s, transport, url, command, args } = server;
    const secrets = await openSecrets(encryption, server);
    const way =
      transport === 'http'
        ? { transport, url: url!, headers: secrets }
        : { transport, command: command!, args, env: secrets };
    return { id, name, revision, timeout_s, way };
  }

  async function activeTarget(id: string): Promise<Target> {
    const server = await selectServer(database.system, id);
    if (!server) throw noSuchServer();
    if (server.transport === 'stdio') requireStdio(stdio);
    if (server.is_active) return await targetOf(server);
    throw new AppError({
      code: 'mcp.disabled',
      kind: 'conflict',
      message: `The MCP server ${server.name} is switched off`,
    });
  }

  async function note(target: Target, error: string | null): Promise<void> {
    const { id, revision } = target;
    await database.asSystem(async (tx) => {
      if (await recordOutcome(tx.db, { id, revision, error })) await tellServer(tx, id);
    });
  }

  async function use<T>(target: Target, now: boolean, work: (client: Client) => Promise<T>): Promise<T> {
    watch(target.id);
    const { asUnreachable } = await import('./connect/open.ts');
    const { isBroken, isSessionGone } = await import('./connect/failures.ts');
    for (let attempt = 1; ; attempt++) {
      try {
        return await connections.use(target, work, { now });
      } catch (error) {
        // The server has forgotten us, so it has not done anything either.
        const isForgotten = isSessionGone(error);
        const isOver = isForgotten || isBroken(error);
        if (isOver) await connections.drop(target.id, error);
        if (isForgotten && attempt === 1) continue;
        if (!isOver && !isAppError(error)) throw error;
        const failure = asUnreachable(target, error);
        if (failing.has(failure.code)) await note(target, failure.message);
        throw failure;
      }
    }
  }

  async function readTools(target: Target, client: Client): Promise<void> {
    const { listOffers } = await import('./list-offers.ts');
    const { offers, more } = await listOffers(client, target);
    if (more) log.warn({ server: target.name }, 'an MCP server has more tools than are taken');
    await database.asSystem(async (tx) => await applyOffers(tx, target, offers));
    listedAt.set(client, clock());
  }

  async function refresh(id: string, now: boolean): Promise<void> {
    const underWay = refreshing.get(id);
    if (underWay && !now) return await underWay;
    const reading = activeTarget(id).then(
      async (target) => await use(target, now, async (client) => await readTools(target, client)),
    );
    refreshing.set(id, reading);
    try {
      await reading;
    } finally {
      if (refreshing.get(id) === reading) refreshing.delete(id);
    }
  }

  return {
    refresh: async (id) => await refresh(id, true),
    call: async (id, { remote_name, arguments: given, signal, check }) => {
      const target = await activeTarget(id);
      const { callRemote } = await import('./call-remote.ts');
      const result = await use(target, false, async (client) => {
        const at = listedAt.get(client);
        if (at === undefined || clock() - at > fresh_ms) await readTools(target, client);
        await check();
        return await callRemote(client, target, { remote_name, arguments: given, signal });
      });
      await note(target, null);
      return result;
    },
    close: async () => {
      for (const unsubscribe of subscribed.values()) unsubscribe();
      subscribed.clear();
      await connections.closeAll();
    },
  };
}
