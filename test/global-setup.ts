import type { TestProject } from 'vitest/node';

import { postgresServer, type PostgresServer } from './postgres-server.ts';
import { clonesOf, createTemplate, dropTemplate, type TemplateDatabase } from './template-database.ts';

declare module 'vitest' {
  interface ProvidedContext {
    template: TemplateDatabase;
  }
}

let server: PostgresServer | undefined;
let template: TemplateDatabase | undefined;

/** Once a run: a server, and a migrated database that every test file clones. */
export async function setup(project: TestProject): Promise<void> {
  server = await postgresServer();
  template = await createTemplate(server.connection);
  project.provide('template', template);
}

/** Takes everything away but the databases of tests that failed. */
export async function teardown(): Promise<void> {
  if (!server) return;
  let kept: string[] = [];
  if (template) {
    kept = await clonesOf(template);
    await dropTemplate(template, kept.length === 0);
  }
  const directory = await server.stop(kept.length > 0);
  if (kept.length === 0) return;
  const where = directory === undefined ? server.address : `the data directory ${directory}`;
  console.error(`Databases of failed tests, kept for a look: ${kept.join(', ')} (${where})`);
}
