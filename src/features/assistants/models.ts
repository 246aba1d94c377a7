import { AppError } from '#platform/errors/index.ts';
import type { UpdateAssistant } from './contract.ts';

/** Whether there is a provider for `provider/model`. */
export type KnowsModel = (id: string) => boolean | Promise<boolean>;

/** Asks outside any transaction. @throws AppError `assistants.unknown_model` with the path of each one not known */
export async function checkModels(
  { model, settings }: Pick<UpdateAssistant, 'model' | 'settings'>,
  knowsModel: KnowsModel,
): Promise<void> {
  const named = [
    ...(model ? [{ path: 'model', id: model }] : []),
    ...(settings?.fallback_models ?? []).map((id, index) => ({
      path: `settings.fallback_models.${index}`,
      id,
    })),
  ];
  const known = await Promise.all(named.map(async ({ id }) => await knowsModel(id)));
  const unknown = named.filter((_, index) => !known[index]);
  if (unknown.length === 0) return;
  const problems = unknown.map(({ path, id }) => ({ path, message: `there is no provider for ${id}` }));
  throw new AppError({
    code: 'assistants.unknown_model',
    kind: 'invalid',
    message: problems.map(({ path, message }) => `${path}: ${message}`).join('; '),
    problems,
  });
}
