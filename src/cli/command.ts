import type { ParseArgsOptionsConfig } from 'node:util';
import { AppError } from '#platform/errors/index.ts';

/** The values of a command's options as `node:util` parses them. */
export type OptionValues = Record<string, string | boolean | undefined>;

export interface CommandInput {
  options: OptionValues;
  /** What stands behind the command, without its options. */
  words: string[];
}

/** One command of `./manage`. Its result goes to stdout; progress, logs and errors go to stderr. */
export interface Command {
  /** After `./manage`, e.g. `start [--port N]`. */
  usage: string;
  /** One line for the list of commands. */
  summary: string;
  /** Below the usage in `--help`: each option on its line. */
  help: string;
  options: ParseArgsOptionsConfig;
  /** The exit code; nothing means 0. */
  run(input: CommandInput): Promise<number | void>;
}

/** A command used wrongly: exit code 2 and the usage. */
export class UsageError extends AppError {
  constructor(message: string) {
    super({ code: 'cli.usage', kind: 'invalid', message });
  }
}

/** An option's text; undefined when it was not given. */
export function textOption(options: OptionValues, name: string): string | undefined {
  const value = options[name];
  return typeof value === 'string' ? value : undefined;
}

/** @throws UsageError when the option was not given */
export function needed(options: OptionValues, name: string): string {
  const value = textOption(options, name);
  if (value === undefined) throw new UsageError(`--${name} is missing`);
  return value;
}

/** @throws UsageError when there are words behind a command that takes none */
export function noWords(command: string, words: string[]): void {
  if (words.length > 0) throw new UsageError(`${command} takes no words: ${words.join(' ')}`);
}

/** Options every command takes. */
export const commonOptions = {
  'data-dir': { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} satisfies ParseArgsOptionsConfig;
