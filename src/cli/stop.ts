import { dataDirectoryOf } from '#app/config.ts';
import { runningProcesses } from '#app/run-files.ts';
import { commonOptions, noWords, textOption, type Command } from './command.ts';
import { note } from './output.ts';
import { described, stopProcesses } from './running.ts';

/** The program gives itself 25 s. */
export const STOP_LIMIT_MS = 30_000;

export const stop: Command = {
  usage: 'stop',
  summary: 'Stops Famulus',
  help: `Every process that runs on the data directory, also one that was not started with --detach.
Work under way is finished first; what is not, goes on with the next start.`,
  options: commonOptions,
  run: async ({ options, words }) => {
    noWords('stop', words);
    const dataDirectory = dataDirectoryOf({ dataDir: textOption(options, 'data-dir') });
    const processes = await runningProcesses(dataDirectory);
    if (processes.length === 0) {
      note(`nothing runs on ${dataDirectory}`);
      return;
    }
    note(`stopping ${processes.map(described).join(' and ')}`);
    await stopProcesses(processes, STOP_LIMIT_MS);
    note('stopped');
  },
};
