import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { dataDirectoryOf } from '#app/config.ts';
import { AppError } from '#platform/errors/index.ts';
import { commonOptions, noWords, textOption, UsageError, type Command } from './command.ts';
import { followLines } from './follow-lines.ts';
import { logFileOf } from './log-file.ts';

const DEFAULT_LINES = '100';
const POLL_MS = 200;

/** Waits while the reader is slower than we are. False once it is gone. */
async function write(lines: string[]): Promise<boolean> {
  const { stdout } = process;
  if (lines.length > 0 && !stdout.write(`${lines.join('\n')}\n`)) {
    await Promise.race([once(stdout, 'drain'), once(stdout, 'close')]).catch(() => {});
  }
  return !stdout.destroyed && stdout.errored === null;
}

async function stopSignal(): Promise<'signal'> {
  return await new Promise((resolve) => {
    process.once('SIGINT', () => resolve('signal')).once('SIGTERM', () => resolve('signal'));
  });
}

/** Everything there is now, of which the last `count` are kept. */
async function lastLines(read: () => Promise<string[]>, count: number): Promise<string[]> {
  let kept: string[] = [];
  for (let lines = await read(); lines.length > 0; lines = await read()) {
    kept = [...kept, ...lines].slice(-count);
  }
  return count === 0 ? [] : kept;
}

export const logs: Command = {
  usage: 'logs [--follow] [--lines N]',
  summary: 'Shows the log of what runs in the background',
  help: `--follow     goes on with what is added, until Ctrl-C
--lines N    how many of the last lines first (default: ${DEFAULT_LINES})`,
  options: {
    ...commonOptions,
    follow: { type: 'boolean', short: 'f' },
    lines: { type: 'string', short: 'n' },
  },
  run: async ({ options, words }) => {
    noWords('logs', words);
    const lines = textOption(options, 'lines') ?? DEFAULT_LINES;
    if (!/^\d{1,7}$/.test(lines)) throw new UsageError(`--lines must be a whole number, not ${lines}`);
    const path = logFileOf(dataDirectoryOf({ dataDir: textOption(options, 'data-dir') }));
    const read = followLines(path, 0);
    const first = await lastLines(read, Number(lines));
    if (first.length === 0 && !options['follow'] && lines !== '0') {
      throw new AppError({
        code: 'cli.no_log',
        kind: 'not_found',
        message: `There is no log at ${path}: ./manage start --detach writes one`,
      });
    }
    let wanted = await write(first);
    if (!options['follow']) return;
    const stopped = stopSignal();
    while (wanted) {
      if ((await Promise.race([stopped, delay(POLL_MS)])) === 'signal') return;
      wanted = await write(await read());
    }
  },
};
