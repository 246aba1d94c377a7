import type { Feature } from '#platform/feature/index.ts';
import { OFFLINE_MODEL } from './offline/model.ts';
import type { Models } from './registry.ts';
import { modelRoutes } from './routes.ts';

/** Which models there are. */
export function modelsFeature(models: Models): Feature {
  const [builtIn] = OFFLINE_MODEL.split('/');
  return {
    name: 'models',
    routes: modelRoutes(models),
    checklist: [
      {
        id: 'model_key',
        for: 'admin',
        isDone: async () => await Promise.resolve(models.list().some(({ provider }) => provider !== builtIn)),
      },
    ],
  };
}
