import { spawn } from 'node:child_process';
import { projectDirectory } from '#app/config.ts';

const SIGNALLED = 128;

/** Runs a script with this Node in the checkout, its output as ours. Returns its exit code. */
export async function runScript(args: string[]): Promise<number> {
  const child = spawn(process.execPath, args, { cwd: projectDirectory, stdio: 'inherit' });
  // Ctrl-C reaches both: the script ends by it, and this process with the script.
  const wait = () => {};
  const pass = () => void child.kill('SIGTERM');
  process.on('SIGINT', wait).on('SIGTERM', pass);
  try {
    return await new Promise<number>((resolve, reject) => {
      child.once('error', reject);
      child.once('exit', (code) => resolve(code ?? SIGNALLED));
    });
  } finally {
    process.off('SIGINT', wait).off('SIGTERM', pass);
  }
}
