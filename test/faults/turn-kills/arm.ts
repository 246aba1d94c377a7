/*
 * Loaded before the program (`node --import`): once it has got SIGUSR2, the process ends itself around the commit of a
 * turn that TURN_COMMIT names, e.g. `3.before`: the third since then that writes a message; before is after everything
 * but the commit was carried out.
 */
import { writeSync } from 'node:fs';
import pg from 'pg';

const [number = '', when] = (process.env['TURN_COMMIT'] ?? '').split('.');
const COMMIT = /;?\s*commit\s*$/i;
const writing = new WeakSet<pg.Client>();
let isArmed = false;
let commits = 0;

process.on('SIGUSR2', () => {
  isArmed = true;
  writeSync(1, 'armed\n');
});

function die(): void {
  process.kill(process.pid, 'SIGKILL');
}

const original = pg.Client.prototype.query as (this: pg.Client, ...args: unknown[]) => unknown;

async function commit(client: pg.Client, text: string): Promise<unknown> {
  const isOurs = isArmed && writing.has(client) && ++commits === Number(number);
  if (isOurs && when === 'before') {
    const rest = text.replace(COMMIT, '');
    // What fails here is no commit: it goes back to whoever sent it.
    if (rest !== '') await original.call(client, rest);
    die();
  }
  const result = await original.call(client, text);
  if (isOurs) die();
  return result;
}

function query(this: pg.Client, ...args: unknown[]): unknown {
  const [statement, , callback] = args;
  const text = typeof statement === 'string' ? statement : (statement as { text?: unknown } | null)?.text;
  if (typeof text !== 'string' || callback !== undefined) return original.apply(this, args);
  if (/^\s*begin\b/i.test(text)) writing.delete(this);
  if (/\b(?:insert into|update) "?messages\b/i.test(text)) writing.add(this);
  return COMMIT.test(text) ? commit(this, text) : original.apply(this, args);
}

pg.Client.prototype.query = query as typeof pg.Client.prototype.query;
