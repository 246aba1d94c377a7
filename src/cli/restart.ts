import { dataDirectoryOf } from '#app/config.ts';
import { runningProcesses, type RunningProcess } from '#app/run-files.ts';
import { serviceNames } from '#app/service-names.ts';
import { commonOptions, noWords, textOption, type Command } from './command.ts';
import { note } from './output.ts';
import { described, stopProcesses } from './running.ts';
import { startDetached } from './start-detached.ts';
import { STOP_LIMIT_MS } from './stop.ts';

/** The options that make another process like this one. */
function optionsOf({ services, url }: RunningProcess): { services?: string; port?: string } {
  return {
    // One that ran everything runs everything again, also what a newer version adds.
    ...(serviceNames.some((name) => !services.includes(name)) && { services: services.join(',') }),
    ...(url !== undefined && { port: new URL(url).port }),
  };
}

export const restart: Command = {
  usage: 'restart',
  summary: 'Stops Famulus and starts it again in the background',
  help: 'With the services and on the ports it ran with; starts it when it does not run.',
  options: commonOptions,
  run: async ({ options, words }) => {
    noWords('restart', words);
    const dataDir = dataDirectoryOf({ dataDir: textOption(options, 'data-dir') });
    const processes = await runningProcesses(dataDir);
    if (processes.length === 0) {
      note('nothing runs, so it is started');
      return await startDetached({ dataDir });
    }
    note(`stopping ${processes.map(described).join(' and ')}`);
    await stopProcesses(processes, STOP_LIMIT_MS);
    for (const one of processes) {
      const code = await startDetached({ dataDir, ...optionsOf(one) });
      if (code !== 0) return code;
    }
    return 0;
  },
};
