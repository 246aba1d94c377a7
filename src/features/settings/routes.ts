import type { Database } from '#platform/db/index.ts';
import { route, type Route } from '#platform/http/route.ts';
import { settings, settingsPatch } from './contract.ts';
import type { ProviderPart } from './provider-part.ts';
import { changeSettings, readSettings } from './service.ts';

export function settingsRoutes(database: Database, providers: ProviderPart): Route[] {
  const common = { path: '/api/settings', scope: 'system:admin', tag: 'Settings' } as const;
  return [
    route(
      { ...common, method: 'get', summary: 'The settings of the installation', responses: { 200: settings } },
      async () => await readSettings(database.system, providers),
    ),
    route(
      {
        ...common,
        method: 'patch',
        summary: 'Change settings of the installation',
        description:
          'In force at once, in every process. Admins hear of it as `settings.changed`. What is set here wins over the ' +
          'environment; null takes it back. Keys of providers are write-only.',
        body: settingsPatch,
        responses: { 200: settings },
      },
      async ({ caller, body }) => await changeSettings(database, caller.user_id, body, providers),
    ),
  ];
}
