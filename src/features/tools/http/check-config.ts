import { z } from 'zod';
import type { JsonValue } from '#platform/db/index.ts';
import { AppError, type FieldProblem } from '#platform/errors/index.ts';
import { fieldProblems } from '#platform/http/field-problems.ts';
import { usedNames, writtenConfig, type WrittenConfig } from './config.ts';
import { placeholdersIn } from './placeholders.ts';

const described = z.looseObject({
  properties: z.record(z.string(), z.unknown()).default({}),
  required: z.array(z.string()).default([]),
});

/**
 * The configuration of an `http` tool, checked by itself and against what its input will be.
 * @throws AppError `tools.bad_config` with the path of each problem, e.g. `config.url`
 */
export function checkHttpConfig(config: unknown, input_schema: JsonValue): WrittenConfig {
  const parsed = writtenConfig.safeParse(config);
  if (!parsed.success) {
    const found = fieldProblems(parsed.error.issues);
    throw badConfig(
      found.map(({ path, message }) => ({ path: ['config', path].filter(Boolean).join('.'), message })),
    );
  }
  const problems = [...againstInput(parsed.data, input_schema), ...withinItself(parsed.data)];
  if (problems.length > 0) throw badConfig(problems);
  return parsed.data;
}

function againstInput(config: WrittenConfig, input_schema: JsonValue): FieldProblem[] {
  const { properties, required } = described.parse(input_schema ?? {});
  const { secret_headers: _secret, ...templates } = config;
  const unknown = [...usedNames(templates)]
    .filter((name) => properties[name] === undefined)
    .map((name) => ({ path: 'config', message: `{${name}} is not among the properties of input_schema` }));
  // Without it the path would lead elsewhere.
  const [path = ''] = config.url.split('?');
  const missing = placeholdersIn(path)
    .filter((name) => properties[name] !== undefined && !required.includes(name))
    .map((name) => ({ path: 'config.url', message: `{${name}} stands in the path, so it must be required` }));
  return [...unknown, ...missing];
}

function withinItself({ method, body, headers = {}, secret_headers = {} }: WrittenConfig): FieldProblem[] {
  const problems: FieldProblem[] = [];
  if (body !== undefined && (method === 'GET' || method === 'HEAD'))
    problems.push({ path: 'config.body', message: `a ${method} has none` });
  const names = new Set(Object.keys(headers).map((name) => name.toLowerCase()));
  for (const name of Object.keys(secret_headers)) {
    if (names.has(name.toLowerCase()))
      problems.push({ path: `config.secret_headers.${name}`, message: 'is among the headers, too' });
  }
  for (const [field, all] of Object.entries({ headers, secret_headers })) {
    const lower = Object.keys(all).map((name) => name.toLowerCase());
    if (new Set(lower).size < lower.length)
      problems.push({ path: `config.${field}`, message: 'has a name twice, in another case' });
  }
  return problems;
}

function badConfig(problems: FieldProblem[]): AppError {
  return new AppError({
    code: 'tools.bad_config',
    kind: 'invalid',
    message: problems.map(({ path, message }) => `${path}: ${message}`).join('; '),
    problems,
  });
}
