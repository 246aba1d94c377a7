import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { beginCommand } from '#test/program.ts';
import type { Point, Role } from './points.ts';
import { LAST_WORD } from './self-kill.ts';

/** A service of the program as a process of its own. */
export interface Worker {
  /** Resolves when it has ended: with the point where it did, or what it said if it was not there. */
  ended: Promise<{ point: string } | { fault: string }>;
  signal(signal: NodeJS.Signals): void;
}

const arm = pathToFileURL(join(import.meta.dirname, 'arm.ts')).href;

/** Starts one that ends itself at a point; without a point, one that works on. */
export function startWorker(
  role: Role,
  dataDir: string,
  env: Record<string, string>,
  death?: { point: Point; passes: number },
): Worker {
  const fault = death && {
    NODE_OPTIONS: `--import=${arm}`,
    FAULT_POINT: death.point,
    FAULT_PASSES: String(death.passes),
  };
  const command = beginCommand(['start', '--services', role, '--data-dir', dataDir], {
    env: { ...env, ...fault },
  });
  return {
    signal: command.signal,
    ended: command.result.then(({ code, stdout, stderr }) => {
      const at = stdout.split('\n').find((line) => line.startsWith(LAST_WORD));
      if (code === null && at !== undefined) return { point: at.slice(LAST_WORD.length) };
      return { fault: `${role} ended (${code ?? 'killed'}) and not at a point:\n${stderr.slice(-2_000)}` };
    }),
  };
}
