import type { Socket } from 'node:net';
import type pg from 'pg';

const LOOK_MS = 1_000;
/** Without a byte of an answer for so long, PostgreSQL is asked another way what it does about it. */
const SILENCE_MS = 4_000;
/** What PostgreSQL knows nothing of, e.g. behind a pooler, is waited for this much longer. */
const UNKNOWN_MS = 30_000;

export interface ConnectionWatch {
  add(client: pg.ClientBase): void;
  close(): void;
}

interface Watched {
  socket: Socket;
  bytesRead: number;
  /** By the monotonic clock: since when an answer is awaited and nothing comes. */
  silentSince: number | undefined;
}

/** Of pg: false from a query on until PostgreSQL is ready for the next one. */
type Inner = pg.Client & { readyForQuery: boolean; processID: number | null };

/**
 * Ends connections that lead nowhere any more without having been closed (a firewall that has forgotten them, a machine
 * that is gone): an answer is awaited on them, and PostgreSQL, asked over a new connection, is not working on one.
 * A query that takes long is left alone. What waited is told that the connection was lost.
 * @param open a new connection as the same role
 */
export function watchConnections(open: () => Promise<pg.Client>): ConnectionWatch {
  const watched = new Map<Inner, Watched>();
  let asking = false;

  /** Those of these that are silent and await an answer for `SILENCE_MS`. */
  function silent(): Inner[] {
    const now = performance.now();
    return [...watched].flatMap(([client, state]) => {
      const { socket } = state;
      if (client.readyForQuery || socket.bytesRead !== state.bytesRead) state.silentSince = undefined;
      else state.silentSince ??= now;
      state.bytesRead = socket.bytesRead;
      return state.silentSince !== undefined && now - state.silentSince >= SILENCE_MS ? [client] : [];
    });
  }

  /** Which of these PostgreSQL does nothing for, by their processes; those it does not know are left out. */
  async function idle(asked: pg.Client, pids: (number | null)[]): Promise<Map<number, boolean>> {
    const { rows } = await asked.query<{ pid: number; idle: boolean }>(
      `select pid, coalesce(state <> 'active', false) as idle from pg_stat_activity where pid = any($1) and usename = current_user`,
      [pids],
    );
    return new Map(rows.map((row) => [row.pid, row.idle]));
  }

  async function look(): Promise<void> {
    const suspects = silent();
    if (suspects.length === 0 || asking) return;
    asking = true;
    let asked: pg.Client | undefined;
    try {
      asked = await open();
      const states = await idle(
        asked,
        suspects.map(({ processID }) => processID),
      );
      const still = new Set(silent());
      for (const client of suspects.filter((suspect) => still.has(suspect))) {
        const { socket, silentSince } = watched.get(client)!;
        const isIdle = client.processID === null ? undefined : states.get(client.processID);
        if (isIdle === false) continue;
        if (isIdle === undefined && performance.now() - silentSince! < SILENCE_MS + UNKNOWN_MS) continue;
        // What the transaction had locked is free at once.
        if (isIdle) await asked.query('select pg_terminate_backend($1)', [client.processID]);
        watched.delete(client);
        socket.destroy(new Error('Connection terminated: PostgreSQL is not working on an answer'));
      }
    } catch {
      // PostgreSQL is not to be reached: whoever waits for it waits for that.
    } finally {
      asking = false;
      await asked?.end().catch(() => {});
    }
  }

  const timer = setInterval(() => void look(), LOOK_MS).unref();
  return {
    add: (client) => {
      const inner = client as Inner;
      const socket = inner.connection.stream as Socket;
      watched.set(inner, { socket, bytesRead: socket.bytesRead, silentSince: undefined });
      client.once('end', () => watched.delete(inner));
    },
    close: () => clearInterval(timer),
  };
}
