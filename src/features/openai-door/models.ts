import { activeAssistants } from '#features/assistants/index.ts';
import type { Db } from '#platform/db/index.ts';
import { AppError } from '#platform/errors/index.ts';
import type { Model } from './contract.ts';

/** Who gets messages by default, by whatever name. */
const SECRETARY = 'secretary';

interface Named {
  id: string;
  name: string;
  is_secretary: boolean;
  created_at: Date;
}

/** A name as clients can put it into a URL or a command line: letters and digits of any script, with dashes. */
function slugOf(name: string): string {
  return name
    .normalize('NFC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{M}\p{N}]+/gu, '-')
    .replaceAll(/^-+|-+$/g, '');
}

/** The assistants by what clients call them: each by one name, the oldest by the plain one. */
export function modelNames<T extends Named>(assistants: readonly T[]): Map<string, T> {
  const names = new Map<string, T>();
  const secretary = assistants.find(({ is_secretary }) => is_secretary);
  if (secretary) names.set(SECRETARY, secretary);
  for (const assistant of assistants) {
    const slug = slugOf(assistant.name) || assistant.id;
    if (names.get(slug) === assistant) continue;
    let name = slug;
    for (let n = 2; names.has(name); n += 1) name = `${slug}-${n}`;
    names.set(name, assistant);
  }
  return names;
}

function modelOf(id: string, { created_at }: Pick<Named, 'created_at'>): Model {
  return { id, object: 'model', created: Math.floor(created_at.getTime() / 1_000), owned_by: 'famulus' };
}

export async function listModels(db: Db, userId: string): Promise<Model[]> {
  const names = modelNames(await activeAssistants(db, userId));
  return [...names].map(([name, assistant]) => modelOf(name, assistant));
}

/** @throws AppError `openai.model_not_found` */
async function findNamed(db: Db, userId: string, name: string) {
  const assistants = await activeAssistants(db, userId);
  const found = modelNames(assistants).get(name) ?? assistants.find(({ id }) => id === name.toLowerCase());
  if (found) return found;
  throw new AppError({
    code: 'openai.model_not_found',
    kind: 'not_found',
    message: `The model ${JSON.stringify(name.slice(0, 200))} does not exist: GET /v1/models has those there are`,
    problems: [{ path: 'model', message: 'does not exist' }],
  });
}

/** The assistant that a client means. @throws AppError `openai.model_not_found` */
export async function assistantOf(db: Db, userId: string, name: string): Promise<string> {
  return (await findNamed(db, userId, name)).id;
}

/** @throws AppError `openai.model_not_found` */
export async function getModel(db: Db, userId: string, name: string): Promise<Model> {
  return modelOf(name, await findNamed(db, userId, name));
}
