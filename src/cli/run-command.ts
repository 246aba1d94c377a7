import { parseArgs } from 'node:util';
import { isAppError, messageOf } from '#platform/errors/index.ts';
import { commonOptions, UsageError, type Command, type CommandInput } from './command.ts';
import { commands } from './commands.ts';
import { note, print } from './output.ts';

const FAILURE = 1;
const WRONG_USE = 2;

/** The command the first words name, two words before one. */
function find(args: string[]): { name: string; rest: string[] } | undefined {
  for (const count of [2, 1]) {
    const name = args.slice(0, count).join(' ');
    if (args.length >= count && name in commands) return { name, rest: args.slice(count) };
  }
  return undefined;
}

/** Every command, or those whose first word is `group`. */
async function overview(group?: string): Promise<string> {
  const shown = Object.entries(commands).filter(
    ([name]) => group === undefined || name.startsWith(`${group} `),
  );
  const width = Math.max(...shown.map(([name]) => name.length)) + 2;
  const lines = await Promise.all(
    shown.map(async ([name, load]) => `  ${name.padEnd(width)}${(await load()).summary}`),
  );
  return [
    `usage: ./manage ${group === undefined ? '' : `${group} `}<command> [options]`,
    '',
    ...lines,
    '',
    '`./manage <command> --help` tells more.',
  ].join('\n');
}

function helpOf({ usage, summary, help }: Command): string {
  const options = [
    help,
    '--data-dir D     the data directory (default: DATA_DIR)',
    '--help           this text',
  ];
  const indented = options.flatMap((text) => text.split('\n')).filter((line) => line !== '');
  return [`usage: ./manage ${usage}`, '', `${summary}.`, '', ...indented.map((line) => `  ${line}`)].join(
    '\n',
  );
}

function parse(command: Command, rest: string[]): CommandInput {
  try {
    const { values, positionals } = parseArgs({
      args: rest,
      options: { ...commonOptions, ...command.options },
      allowPositionals: true,
    });
    return { options: values, words: positionals };
  } catch (error) {
    // What Node adds about arguments behind `--` is longer than the rest.
    const [line = ''] = messageOf(error)
      .replace(/\. To specify .*/s, '')
      .split('\n');
    throw new UsageError(line);
  }
}

/** Says which commands there are: an answer when it was asked for, else what is missing. */
async function sayCommands(group: string | undefined, isAsked: boolean): Promise<number> {
  const text = await overview(group);
  if (isAsked) print(text);
  else process.stderr.write(`${text}\n`);
  return isAsked ? 0 : WRONG_USE;
}

function isHelp(word: string | undefined): boolean {
  return word === '--help' || word === '-h' || word === 'help';
}

/** Runs what the arguments name. Returns the exit code; says errors in one line on stderr. */
export async function runCommand(args: string[]): Promise<number> {
  const [first, second] = args;
  if (first === undefined || isHelp(first)) return await sayCommands(undefined, isHelp(first));
  const isGroup = Object.keys(commands).some((name) => name.startsWith(`${first} `));
  if (isGroup && (second === undefined || isHelp(second))) return await sayCommands(first, isHelp(second));
  const found = find(args);
  if (!found) {
    note(`there is no command "${first}"; ./manage --help lists them`);
    return WRONG_USE;
  }
  try {
    const command = await commands[found.name]!();
    if (found.rest.some((arg) => arg === '--help' || arg === '-h')) {
      print(helpOf(command));
      return 0;
    }
    return (await command.run(parse(command, found.rest))) ?? 0;
  } catch (error) {
    if (error instanceof UsageError) {
      note(`${error.message} (./manage ${found.name} --help tells more)`);
      return WRONG_USE;
    }
    note(messageOf(error));
    // Not one of ours: whoever mends it needs to see where.
    if (!isAppError(error)) console.error(error);
    return FAILURE;
  }
}
