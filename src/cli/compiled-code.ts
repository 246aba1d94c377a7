import { existsSync } from 'node:fs';
import { enableCompileCache } from 'node:module';
import { join } from 'node:path';
import { dataDirectoryOf } from '#app/config.ts';
import { makeDirectory } from '#platform/files/make-directory.ts';

/** What `--data-dir` says, the last of several, before the command's own options are read. */
function dataDirOption(args: string[]): string | undefined {
  const index = args.findLastIndex((arg) => arg === '--data-dir' || arg.startsWith('--data-dir='));
  const arg = args[index];
  return arg === '--data-dir' ? args[index + 1] : arg?.slice('--data-dir='.length);
}

/** Keeps compiled code in the data directory, where there is one; only `start` makes it. */
export async function keepCompiledCode(args: string[]): Promise<void> {
  const cache = join(dataDirectoryOf({ dataDir: dataDirOption(args) }), 'cache');
  // What is wrong with the directory is told by the command.
  if (args[0] === 'start') await makeDirectory(cache).catch(() => {});
  if (existsSync(cache)) enableCompileCache(join(cache, 'compile'));
}
