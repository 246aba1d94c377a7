import { listenForStop } from '#cli/stop-signal.ts';

const args = process.argv.slice(2);
const [command] = args;
if (command === 'start' && !args.includes('--detach')) listenForStop();

const { keepCompiledCode } = await import('#cli/compiled-code.ts');
await keepCompiledCode(args);
const { runCommand } = await import('#cli/run-command.ts');
process.exitCode = await runCommand(args);
