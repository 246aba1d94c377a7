import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { projectDirectory } from '#app/config.ts';
import { listValue } from '#platform/config/index.ts';
import { AppError } from '#platform/errors/index.ts';
import { commonOptions, textOption, UsageError, type Command } from './command.ts';
import { runScript } from './run-script.ts';

const projects = ['unit', 'db', 'e2e', 'contract', 'browser', 'faults'];

/** vitest's arguments for what was asked. Throws for a project there is none of. */
export function vitestArguments(wanted: string | undefined, files: string[]): string[] {
  const names = listValue.parse(wanted ?? '');
  const unknown = names.filter((name) => !projects.includes(name));
  if (unknown.length > 0 || (wanted !== undefined && names.length === 0)) {
    throw new UsageError(`--project takes ${projects.join(', ')}, with commas between, not ${wanted}`);
  }
  return ['run', ...names.flatMap((name) => ['--project', name]), ...files];
}

export const test: Command = {
  usage: 'test [--project unit,db,e2e,contract,browser,faults] [files…]',
  summary: 'Runs the tests',
  help: `--project a,b   some kinds only: unit (pure), db (PostgreSQL), e2e (the program),
                contract (e2e against the OpenAPI document), browser (Chromium),
                faults (crashes)
files           only files with this in their path
The last line is "N passed, N failed, N skipped".`,
  options: { ...commonOptions, project: { type: 'string' } },
  run: async ({ options, words }) => {
    const args = vitestArguments(textOption(options, 'project'), words);
    const vitest = join(projectDirectory, 'node_modules/.bin/vitest');
    if (!existsSync(vitest)) {
      throw new AppError({
        code: 'cli.not_installed',
        kind: 'unavailable',
        message:
          'vitest is not installed: this is an installation for production; npm ci adds what tests need',
      });
    }
    return await runScript([vitest, ...args]);
  },
};
