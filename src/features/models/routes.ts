import { route, type Route } from '#platform/http/route.ts';
import { modelList } from './contract.ts';
import type { Models } from './registry.ts';

export function modelRoutes({ list, default_model }: Models): Route[] {
  return [
    route(
      {
        method: 'get',
        path: '/api/models',
        scope: 'settings:read',
        summary: 'The models there are',
        description:
          'By the configuration, without asking any server. `<provider>/*` stands for all that the provider’s server has.',
        tag: 'Models',
        responses: { 200: modelList },
      },
      () => ({ items: list(), default_model }),
    ),
  ];
}
