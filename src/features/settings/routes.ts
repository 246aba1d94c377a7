import type { Database } from '#platform/db/index.ts';
import { route, type Route } from '#platform/http/route.ts';
import { settings, settingsPatch } from './contract.ts';
import { changeSettings, readSettings } from './service.ts';

export function settingsRoutes(database: Database): Route[] {
  const common = { path: '/api/settings', scope: 'system:admin', tag: 'Settings' } as const;
  return [
    route(
      { ...common, method: 'get', summary: 'The settings of the installation', responses: { 200: settings } },
      async () => await readSettings(database.system),
    ),
    route(
      {
        ...common,
        method: 'patch',
        summary: 'Change settings of the installation',
        description: 'In force at once, in every process. Admins hear of it as `settings.changed`.',
        body: settingsPatch,
        responses: { 200: settings },
      },
      async ({ caller, body }) =>
        await database.asSystem(async (tx) => await changeSettings(tx, caller.user_id, body)),
    ),
  ];
}
