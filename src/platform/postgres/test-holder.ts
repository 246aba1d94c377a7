import { createInterface } from 'node:readline';

import { AppError } from '#platform/errors/index.ts';

import { startEmbeddedPostgres, type EmbeddedPostgresOptions } from './index.ts';

/**
 * A program for the tests: holds the PostgreSQL that its argument's options (JSON) name until it is killed or told to stop, and prints a
 * JSON line for the start, for each command from stdin and for each end of the server.
 */
function say(line: Record<string, unknown>): void {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

try {
  const postgres = await startEmbeddedPostgres(JSON.parse(process.argv[2] ?? '') as EmbeddedPostgresOptions);
  const state = (): Record<string, unknown> => ({
    owner: postgres.owner,
    pid: postgres.pid,
    host: postgres.connection.host,
  });
  postgres.onExit((exit) => say({ exit }));
  say(state());
  for await (const command of createInterface({ input: process.stdin })) {
    if (command === 'stop') {
      await postgres.stop();
      say({ stopped: true });
      process.stdin.destroy();
      break;
    }
    if (command === 'ensure') await postgres.ensure();
    say(state());
  }
} catch (error) {
  say({ error: String(error), code: error instanceof AppError ? error.code : undefined });
}
