import { readFileSync } from 'node:fs';
import { AppError, messageOf, type FieldProblem } from '#platform/errors/index.ts';
import type { Config, Fragments, PartialConfig, Setting } from './fragment.ts';
import { unknownVariables } from './unknown-variables.ts';

/** Environment variables by name, as `process.env` has them. */
export type Environment = Record<string, string | undefined>;

/**
 * Reads every setting from the environment. An empty variable counts as unset; what is unset takes its default.
 * `rules` adds the problems that concern several settings (their `path` is the variable's name) and is given
 * `undefined` for each setting that is wrong in itself.
 *
 * @returns the typed configuration, and a line for each `FAMULUS_*` variable nothing reads
 * @throws AppError `config.invalid` with all problems together, one a line
 */
export function parseConfig<F extends Fragments>(
  fragments: F,
  env: Environment,
  rules: (config: PartialConfig<F>) => FieldProblem[] = () => [],
): { config: Config<F>; warnings: string[] } {
  const problems: FieldProblem[] = [];
  const config: Record<string, Record<string, unknown>> = {};
  for (const [part, fragment] of Object.entries(fragments)) {
    const values: Record<string, unknown> = (config[part] = {});
    for (const [name, setting] of Object.entries(fragment)) {
      values[name] = valueOf(setting, env, problems);
    }
  }
  problems.push(...rules(config as PartialConfig<F>));
  if (problems.length > 0) throw invalidConfig(problems);
  return { config: config as Config<F>, warnings: unknownVariables(fragments, env) };
}

function valueOf(setting: Setting, env: Environment, problems: FieldProblem[]): unknown {
  let text: string | undefined;
  try {
    text = textOf(setting, env) ?? setting.default;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    problems.push(...error.problems);
    return undefined;
  }
  if (text === undefined) return undefined;
  const result = setting.schema.safeParse(text);
  if (result.success) return result.data;
  const found = setting.secret ? '' : `, not ${JSON.stringify(text)}`;
  problems.push({
    path: setting.env,
    message: result.error.issues.map((issue) => issue.message + found).join('; '),
  });
  return undefined;
}

function textOf(setting: Setting, env: Environment): string | undefined {
  const direct = env[setting.env];
  if (!setting.secret) return direct?.trim() || undefined;
  const fileVariable = `${setting.env}_FILE`;
  const file = env[fileVariable]?.trim();
  if (!file) return direct || undefined;
  if (direct) throw invalidConfig([{ path: setting.env, message: `set this or ${fileVariable}, not both` }]);
  try {
    // Editors and `echo` end a file with a newline that is not part of the secret.
    const text = readFileSync(file, 'utf8').replace(/[\r\n]+$/, '');
    if (text !== '') return text;
  } catch (error) {
    throw invalidConfig([{ path: fileVariable, message: `can't be read: ${messageOf(error)}` }]);
  }
  throw invalidConfig([{ path: fileVariable, message: `the file ${file} is empty` }]);
}

function invalidConfig(problems: FieldProblem[]): AppError {
  const lines = problems.map(({ path, message }) => `${path}: ${message}`);
  const between = lines.length === 1 ? ' ' : '\n  ';
  return new AppError({
    code: 'config.invalid',
    kind: 'invalid',
    message: ['The configuration is not right:', ...lines].join(between),
    problems,
  });
}
