import type { Config } from '#app/config.ts';
import { runningProcesses } from '#app/run-files.ts';
import type { Database } from '#platform/db/index.ts';
import { AppError } from '#platform/errors/index.ts';
import { liveWorkers } from '#platform/lanes/index.ts';
import { described } from './running.ts';

/** @throws AppError 'cli.must_be_stopped' while Famulus runs on this data directory or, anywhere, on this database */
export async function refuseRunning({ dataDirectory }: Config, database: Database): Promise<void> {
  const here = await runningProcesses(dataDirectory);
  const anywhere = await liveWorkers(database.system);
  const who = here[0]
    ? described(here[0])
    : anywhere[0] && `process ${anywhere[0].pid} on ${anywhere[0].host}`;
  if (who === undefined) return;
  throw new AppError({
    code: 'cli.must_be_stopped',
    kind: 'conflict',
    message: `Famulus runs (${who}): stop it first`,
  });
}
