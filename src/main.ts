import { enableCompileCache } from 'node:module';
import { join } from 'node:path';
import { dataDirectoryOf } from '#app/config.ts';
import { runCommand } from '#cli/run-command.ts';

/** What `--data-dir` says, before the command's own options are read: compiled code is kept in it. */
function dataDirOption(args: string[]): string | undefined {
  const index = args.findIndex((arg) => arg === '--data-dir' || arg.startsWith('--data-dir='));
  const arg = args[index];
  return arg === '--data-dir' ? args[index + 1] : arg?.slice('--data-dir='.length);
}

const args = process.argv.slice(2);
enableCompileCache(join(dataDirectoryOf({ dataDir: dataDirOption(args) }), 'cache', 'compile'));
process.exitCode = await runCommand(args);
