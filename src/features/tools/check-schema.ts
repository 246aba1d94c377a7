import { invalidField } from '#platform/errors/index.ts';

/**
 * A schema no call could be checked against is refused when it is written: a reference to nowhere, a pattern that is none.
 *
 * @throws AppError 422
 */
export async function checkSchema(schema: object | null | undefined): Promise<void> {
  if (!schema) return;
  const { schemaProblem } = await import('./check-input.ts');
  const problem = schemaProblem(schema);
  if (problem !== undefined) throw invalidField('input_schema', `can't be used: ${problem}`);
}
