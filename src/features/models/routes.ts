import type { Database } from '#platform/db/index.ts';
import { route, type Route } from '#platform/http/route.ts';
import { checkModel } from './check-model.ts';
import { modelCheck, modelChecked, modelList } from './contract.ts';
import { listModels } from './list/list-models.ts';
import { createServerModels } from './list/server-models.ts';
import type { Models } from './registry.ts';

export function modelRoutes(database: Database, models: Models): Route[] {
  const serverModels = createServerModels();
  return [
    route(
      {
        method: 'get',
        path: '/api/models',
        scope: 'settings:read',
        summary: 'The models there are now',
        description:
          'Of each provider that is set up: what it sells now, or what its server says it has. Any other name a provider ' +
          'knows can be used as well. `<provider>/*` stands for all of a server that can not be asked just now.',
        tag: 'Models',
        responses: { 200: modelList },
      },
      async () => await listModels(database.system, { models, serverModels }),
    ),
    route(
      {
        method: 'post',
        path: '/api/models/check',
        scope: 'system:admin',
        summary: 'Ask a model for one tiny answer',
        description: 'Says how long it took, or what the provider said against it.',
        tag: 'Models',
        body: modelCheck,
        responses: { 200: modelChecked },
      },
      async ({ body, request }) => await checkModel(models, body.model, request.signal),
    ),
  ];
}
