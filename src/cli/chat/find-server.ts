import { runningProcesses } from '#app/run-files.ts';
import { AppError } from '#platform/errors/index.ts';

/** Where the API of this data directory is served now. @throws AppError `cli.not_running` */
export async function findServer(dataDirectory: string): Promise<string> {
  const processes = await runningProcesses(dataDirectory);
  const url = processes.find(({ api }) => api)?.url;
  if (url !== undefined) return url;
  if (processes.some(({ ready }) => !ready)) {
    const message = `Famulus is starting on ${dataDirectory}: try again in a moment`;
    throw new AppError({ code: 'cli.not_running', kind: 'unavailable', message });
  }
  const what =
    processes.length === 0
      ? `Famulus is not running on ${dataDirectory}: ./manage start --detach starts it`
      : `Famulus runs on ${dataDirectory} without its API: ./manage start --services api --detach adds it`;
  throw new AppError({ code: 'cli.not_running', kind: 'unavailable', message: what });
}
