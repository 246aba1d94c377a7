import { createHash } from 'node:crypto';
import type pg from 'pg';

/** A statement that a connection keeps ready: parsed once, and planned once where PostgreSQL finds that as good. */
export interface Prepared {
  /** Made from its text: whoever else uses the connection can't mean another statement by it. */
  name: string;
  text: string;
  /** How to read its rows; undefined until PostgreSQL has told. */
  columns: Column[] | undefined;
}

export interface Column {
  name: string;
  parse(value: string): unknown;
}

/** What each connection keeps at most: under row-level security a plan can take 100 kB in PostgreSQL. */
const MOST = 50;

const ofConnection = new WeakMap<pg.Connection, Map<string, Prepared>>();

/** The statements a connection has ready, by their text; those used last stand last. */
export function preparedOn(connection: pg.Connection): Map<string, Prepared> {
  let statements = ofConnection.get(connection);
  if (!statements) ofConnection.set(connection, (statements = new Map()));
  return statements;
}

/** The statement with this text if it is ready, else a new one, which is still to be parsed. */
export function findPrepared(statements: Map<string, Prepared>, text: string): Prepared {
  const found = statements.get(text);
  if (!found) {
    const name = createHash('sha256').update(text).digest('hex').slice(0, 32);
    return { name, text, columns: undefined };
  }
  statements.delete(text);
  statements.set(text, found);
  return found;
}

/** Takes out what was not used for longest, where there is no room for one more. */
export function makeRoom(statements: Map<string, Prepared>): Prepared | undefined {
  if (statements.size < MOST) return undefined;
  const [oldest] = statements.values();
  if (oldest) statements.delete(oldest.text);
  return oldest;
}
