import { once } from 'node:events';
import { createServer } from 'node:net';
import type { Config } from '#app/config.ts';
import { runningProcesses } from '#app/run-files.ts';
import { messageOf } from '#platform/errors/index.ts';
import { readinessOf } from '../readiness-of.ts';
import { described } from '../running.ts';
import { fail, ok, warn, type Finding } from './finding.ts';

/** Whether what runs is ready. That nothing runs is no fault: it may be meant. */
export async function checkProgram(dataDirectory: string): Promise<Finding> {
  const check = 'Famulus';
  const processes = await runningProcesses(dataDirectory);
  if (processes.length === 0) return warn(check, 'is not running', './manage start --detach starts it');
  for (const process of processes) {
    if (process.url === undefined) continue;
    const readiness = await readinessOf(process.url);
    if (readiness?.status === 'ready') continue;
    const parts = Object.entries(readiness?.parts ?? {}).filter(([, part]) => !part.ok);
    const why = readiness
      ? parts.map(([part, { detail }]) => `${part}: ${detail}`).join('; ')
      : 'it does not answer';
    return fail(
      check,
      `${described(process)} is not ready: ${why}`,
      './manage logs tells more; ./manage restart',
    );
  }
  return ok(check, processes.map(described).join(' and '));
}

/** Whether a start could listen, or is listening already. */
export async function checkPort({ http: { host, port }, dataDirectory }: Config): Promise<Finding> {
  const check = 'port';
  const ours = (await runningProcesses(dataDirectory)).find(
    ({ url }) => url && new URL(url).port === String(port),
  );
  if (ours) return ok(check, `${port} is used by ${described(ours)}`);
  const server = createServer();
  try {
    server.listen(port, host);
    await once(server, 'listening');
  } catch (error) {
    const taken = (error as NodeJS.ErrnoException).code === 'EADDRINUSE';
    const detail = taken ? `${port} on ${host} is taken by another program` : messageOf(error);
    return fail(check, detail, 'choose another with --port or PORT (and HOST)');
  }
  server.close();
  await once(server, 'close');
  return ok(check, `${port} on ${host} is free`);
}
