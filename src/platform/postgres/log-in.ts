import pg from 'pg';
import { setTimeout as sleep } from 'node:timers/promises';

import { messageOf } from '#platform/errors/index.ts';

import type { Binaries } from './binaries.ts';
import { SUPERUSER } from './data-directory.ts';
import { diskFull, fault, fromOutput } from './faults.ts';
import type { Layout, RunAs } from './layout.ts';
import { describeEnding, runOnLifeLine } from './life-line.ts';
import { withSecretInput } from './secret-input.ts';
import { SOCKET_PORT } from './settings.ts';

export const DATABASE = 'famulus';

const READY_MS = 60_000;
const RETRY_MS = 25;

// PostgreSQL's error codes (appendix A of its manual) and Node's for sockets.
const INVALID_PASSWORD = '28P01';
const TOO_MANY_CONNECTIONS = '53300';
const CANNOT_CONNECT_NOW = '57P03';
const NO_SUCH_DATABASE = '3D000';
const DISK_FULL = '53100';
const WENT_AWAY = new Set(['57P01', '57P02', 'ENOENT', 'ECONNREFUSED', 'ECONNRESET', 'EPIPE']);
/** What `pg` says, without a code, when the server closes the connection. */
const CUT_OFF = 'Connection terminated unexpectedly';

/** `ok`; `password`: the server runs and knows another one; `gone`: it went away meanwhile. */
export type LogIn = 'ok' | 'password' | 'gone';

/** Logs in once as the superuser, and makes the database when it isn't there yet. */
export async function logIn(socketDir: string, password: string): Promise<LogIn> {
  const deadline = performance.now() + READY_MS;
  for (;;) {
    try {
      await connectTo(DATABASE, socketDir, password, async () => {}).catch(async (error: unknown) => {
        if (codeOf(error) !== NO_SUCH_DATABASE) throw error;
        await createDatabase(socketDir, password);
      });
      return 'ok';
    } catch (error) {
      const code = codeOf(error);
      if (code === INVALID_PASSWORD) return 'password';
      // It is well, and just can't take one more.
      if (code === TOO_MANY_CONNECTIONS) return 'ok';
      if (WENT_AWAY.has(code) || (error as Error).message === CUT_OFF) return 'gone';
      if (code === DISK_FULL) throw diskFull(socketDir, error);
      if (code !== CANNOT_CONNECT_NOW || performance.now() > deadline) {
        throw fault('log_in_failed', `PostgreSQL runs but can't be used: ${messageOf(error)}`, {
          cause: error,
          retryable: true,
        });
      }
      await sleep(RETRY_MS);
    }
  }
}

function codeOf(error: unknown): string {
  return (error as { code?: string }).code ?? '';
}

/** On the first start, or after one that ended right before this. Under the lock nobody else makes it. */
async function createDatabase(socketDir: string, password: string): Promise<void> {
  await connectTo('postgres', socketDir, password, async (client) => {
    await client.query(`CREATE DATABASE ${DATABASE}`);
  });
}

async function connectTo(
  database: string,
  host: string,
  password: string,
  work: (client: pg.Client) => Promise<void>,
): Promise<void> {
  const client = new pg.Client({ host, port: SOCKET_PORT, user: SUPERUSER, password, database, ssl: false });
  // The server may end it at any time; the pending call fails with the same error.
  client.on('error', () => {});
  try {
    await client.connect();
    await work(client);
  } finally {
    await client.end().catch(() => {});
  }
}

/**
 * Gives the superuser a new password in a server that doesn't run (single-user mode, from `postgres --single`). For
 * when SECRET_KEY was changed or lost: who may write these files owns the data anyway, so nothing is opened by it.
 */
export async function resetPassword(
  layout: Layout,
  binaries: Binaries,
  runAs: RunAs | undefined,
  password: string,
): Promise<void> {
  const statement = `ALTER ROLE ${SUPERUSER} PASSWORD '${password.replaceAll("'", "''")}'\n`;
  await withSecretInput(layout.home, runAs, statement, async (stdin) => {
    const program = runOnLifeLine({
      command: binaries.postgres,
      args: [
        '--single',
        '-D',
        layout.serverData,
        '-c',
        'log_min_messages=error',
        '-c',
        'log_min_error_statement=panic',
        'postgres',
      ],
      cwd: layout.data,
      runAs,
      stdin,
    });
    program.child.ref();
    const ending = await program.ended;
    if (ending.code !== 0)
      throw fromOutput('Setting the password', layout.data, program.output, describeEnding(ending));
  });
}
