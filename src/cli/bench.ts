import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { projectDirectory } from '#app/config.ts';
import { commonOptions, UsageError, type Command } from './command.ts';
import { print } from './output.ts';
import { runScript } from './run-script.ts';

/** The names of the benchmarks in a folder; none when there is no such folder. */
export async function benchmarksIn(directory: string): Promise<string[]> {
  const files = await readdir(directory).catch(() => []);
  return files
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
    .map((file) => file.slice(0, -'.ts'.length))
    .toSorted();
}

export const bench: Command = {
  usage: 'bench [name] [arguments…]',
  summary: 'Runs a benchmark, each beside a peer; without a name, lists them',
  help: 'What stands behind the name goes to the benchmark. Its last line is JSON.',
  options: commonOptions,
  run: async ({ words: [name, ...rest] }) => {
    const directory = join(projectDirectory, 'bench');
    const names = await benchmarksIn(directory);
    if (name === undefined) {
      for (const one of names) print(one);
      return 0;
    }
    if (!names.includes(name)) {
      throw new UsageError(
        `there is no benchmark ${JSON.stringify(name)}; there are ${names.join(', ') || 'none'}`,
      );
    }
    return await runScript([join(directory, `${name}.ts`), ...rest]);
  },
};
