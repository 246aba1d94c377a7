import { modelsFeature } from '#features/models/feature.ts';
import { createModels, type ModelSettings } from '#features/models/index.ts';
import { settingsFeature } from '#features/settings/feature.ts';
import type { TestDatabase } from '#test/database.ts';
import { createUser } from '#test/factories.ts';
import { featureContext, serveAs } from '#test/serve-as.ts';

/** A process's models and settings with what its environment says, and an admin who calls their routes. */
export async function serveModels(files: TestDatabase, environment: ModelSettings = { providers: {} }) {
  const context = featureContext(files);
  const models = createModels(environment);
  const feature = modelsFeature(context, { models, environment });
  const settings = settingsFeature(context, { providers: feature.providers });
  await feature.prepare();
  const routes = [...(feature.routes ?? []), ...(settings.routes ?? [])];
  const as = await serveAs({ name: 'models and settings', routes });
  const admin = await createUser(files.database.system, { role: 'admin' });
  const call = as(admin.id, { scopes: ['system:admin', 'settings:read'] });
  const list = async () => (await call('GET', '/api/models')).json;
  return { models, feature, call, admin, as, list };
}
