import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import type { JsonValue } from '#platform/db/index.ts';
import { messageOf } from '#platform/errors/index.ts';
import { bounded } from './bounded.ts';

const anyObject = { type: 'object' };

/** By the schema's own text: rows are read anew for every turn. Bounded, since users write schemas. */
const compiled = new Map<string, ValidateFunction>();
const MOST_COMPILED = 500;

/** Of the whole process, since nothing else is done meanwhile. The first one loads what compiles. */
const COMPILE_MS = 1_000;
const CHECK_MS = 100;

function validatorOf(schema: object): ValidateFunction {
  const key = JSON.stringify(schema);
  const known = compiled.get(key);
  if (known) return known;
  // An asynchronous one answers with a promise, which is no answer.
  if ('$async' in schema) throw new TypeError('$async is not supported');
  // One each: schemas of different tools may share an `$id`.
  const compile = () =>
    new Ajv2020({ allErrors: true, strict: false, validateFormats: false }).compile(schema);
  const validate = bounded(compile, COMPILE_MS);
  if (!validate) throw new TypeError('it takes too long to read');
  if (compiled.size >= MOST_COMPILED) compiled.clear();
  compiled.set(key, validate);
  return validate;
}

/** Why inputs can't be checked against a schema; undefined when they can be. */
export function schemaProblem(schema: object): string | undefined {
  try {
    validatorOf(schema);
    return undefined;
  } catch (error) {
    return messageOf(error);
  }
}

/** What is wrong with the input of a tool, in words a model can act on; undefined when nothing is. */
export function checkInput(schema: JsonValue, input: unknown): string | undefined {
  const isObject = typeof schema === 'object' && schema !== null && !Array.isArray(schema);
  const used = isObject ? schema : anyObject;
  const problem = schemaProblem(used);
  if (problem !== undefined) return `The tool's input_schema can't be used: ${problem}`;
  const validate = validatorOf(used);
  const isRight = bounded(() => validate(input), CHECK_MS);
  if (isRight === undefined)
    return "Wrong input: it takes too long to check against the tool's input_schema. Is it meant to be so long?";
  if (isRight) return undefined;
  const problems = (validate.errors ?? []).map(
    ({ instancePath, message }) => `${instancePath === '' ? 'input' : instancePath.slice(1)} ${message}`,
  );
  return `Wrong input: ${problems.join('; ')}`;
}
