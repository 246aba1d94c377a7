import type { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { AppError, isAppError } from '#platform/errors/index.ts';
import type { Opened, Told } from './open.ts';
import type { Target } from './target.ts';

/** A connection nobody uses is closed after this. */
const IDLE_MS = 5 * 60_000;
/** After a failure the next attempt waits, twice as long each time. */
const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 5 * 60_000;

export interface ConnectionsOptions {
  open: (target: Target, told: Told) => Promise<Opened>;
  /** A server says that it has other tools now. */
  onToolsChanged: (serverId: string) => void;
  idle_ms?: number;
  /** Milliseconds that only grow. */
  clock?: () => number;
}

export interface Connections {
  /**
   * Works with a server over this process's connection to it, made when there is none. While one that failed is left
   * alone, it is refused at once, unless `now`.
   */
  use<T>(target: Target, work: (client: Client) => Promise<T>, options?: { now?: boolean }): Promise<T>;
  /** Ends the connection to a server; the next use makes another, after a failure not at once. */
  drop(serverId: string, failure?: unknown): Promise<void>;
  closeAll(): Promise<void>;
}

interface Held {
  revision: number;
  opening: Promise<Opened>;
  users: number;
  idle: NodeJS.Timeout | undefined;
}

interface Failure {
  revision: number;
  count: number;
  until: number;
  error: AppError;
}

/** This process's connections to MCP servers: made when they are used, one a server, closed when nobody does. */
export function createConnections({
  open,
  onToolsChanged,
  idle_ms = IDLE_MS,
  clock = () => performance.now(),
}: ConnectionsOptions): Connections {
  const held = new Map<string, Held>();
  const failures = new Map<string, Failure>();
  const closing = new Set<Promise<void>>();

  function noteFailure({ id, revision }: Target, error: AppError): void {
    const count = (failures.get(id)?.count ?? 0) + 1;
    const wait = Math.min(FIRST_WAIT_MS * 2 ** (count - 1), LONGEST_WAIT_MS);
    failures.set(id, { revision, count, until: clock() + wait, error });
  }

  function refuseWhileFailing({ id, name, revision }: Target): void {
    const failure = failures.get(id);
    const wait = failure?.revision === revision ? failure.until - clock() : 0;
    if (!failure || wait <= 0) return;
    throw new AppError({
      code: 'mcp.failing',
      kind: 'unavailable',
      message: `The MCP server ${name} is failing and tried again in ${Math.ceil(wait / 1_000)} s: ${failure.error.message}`,
    });
  }

  function closeIt(one: Held): Promise<void> {
    clearTimeout(one.idle);
    const closed = one.opening.then(
      async ({ close }) => await close(),
      () => {},
    );
    closing.add(closed);
    return closed.finally(() => closing.delete(closed));
  }

  function forget(id: string, one: Held): void {
    if (held.get(id) === one) held.delete(id);
  }

  function connect(target: Target): Held {
    const one: Held = {
      revision: target.revision,
      users: 0,
      idle: undefined,
      opening: open(target, {
        toolsChanged: () => onToolsChanged(target.id),
        closed: () => {
          if (held.get(target.id) !== one) return;
          // Not closed by us: a server that ends as soon as it is asked something is not started again and again.
          held.delete(target.id);
          clearTimeout(one.idle);
          noteFailure(
            target,
            new AppError({ code: 'mcp.ended', kind: 'unavailable', message: 'it has ended by itself' }),
          );
        },
      }),
    };
    held.set(target.id, one);
    one.opening.catch((error: unknown) => {
      forget(target.id, one);
      if (isAppError(error)) noteFailure(target, error);
    });
    return one;
  }

  function connectionTo(target: Target): Held {
    const one = held.get(target.id);
    if (one?.revision === target.revision) return one;
    if (one) {
      forget(target.id, one);
      // Those who use it still are answered with its end.
      void closeIt(one);
    }
    return connect(target);
  }

  return {
    use: async (target, work, { now = false } = {}) => {
      if (!now && !held.has(target.id)) refuseWhileFailing(target);
      const one = connectionTo(target);
      clearTimeout(one.idle);
      one.users++;
      try {
        const { client } = await one.opening;
        const result = await work(client);
        failures.delete(target.id);
        return result;
      } finally {
        one.users--;
        if (one.users === 0 && held.get(target.id) === one) {
          one.idle = setTimeout(() => {
            forget(target.id, one);
            void closeIt(one);
          }, idle_ms).unref();
        }
      }
    },
    drop: async (id, failure) => {
      const one = held.get(id);
      if (failure === undefined) failures.delete(id);
      if (!one) return;
      forget(id, one);
      await closeIt(one);
    },
    closeAll: async () => {
      const all = [...held.values()];
      held.clear();
      await Promise.all([...all.map(closeIt), ...closing]);
    },
  };
}
