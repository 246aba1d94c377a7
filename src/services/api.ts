import { createHttp } from '#app/http.ts';
import type { Runtime } from '#app/runtime.ts';
import { listen } from '#platform/http/server.ts';
import type { Stop } from './service.ts';

/** REST and live events, beside health and figures. */
export async function startApi(runtime: Runtime): Promise<Stop> {
  return await serve(runtime, { api: true });
}

/** Health and figures alone, for a process that runs other services and was given a port. */
export async function startHealthOnly(runtime: Runtime): Promise<Stop> {
  return await serve(runtime, { api: false });
}

async function serve(runtime: Runtime, { api }: { api: boolean }): Promise<Stop> {
  const { config, health } = runtime;
  const part = api ? health.watch('api') : undefined;
  const server = await listen(createHttp(runtime, { api }), {
    host: config.http.host,
    port: config.http.port,
  });
  runtime.onListening({ url: server.url, port: server.port, api });
  part?.alive();
  return async (deadlineMs) => await server.close(deadlineMs);
}
