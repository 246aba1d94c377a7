import { loadConfig, type Config, type Overrides } from '#app/config.ts';
import { announce, withdraw } from '#app/run-files.ts';
import { openRuntime, type Runtime } from '#app/runtime.ts';
import { hasOwner } from '#features/auth/index.ts';
import type { Database } from '#platform/db/index.ts';
import { createLogger, type Logger } from '#platform/log/index.ts';
import type { ServiceName } from '#app/service-names.ts';
import { chooseServices, loadService } from '#services/index.ts';
import type { Stop } from '#services/service.ts';
import { commonOptions, noWords, textOption, type Command } from './command.ts';
import { note, print } from './output.ts';
import { setupInvitation } from './setup-link.ts';
import { startDetached } from './start-detached.ts';
import { isStopAsked, stopSignal } from './stop-signal.ts';
import { seeToWebApp } from './web/build.ts';

/** How long services may take to finish what is under way. */
const DRAIN_MS = 10_000;
/** After a signal the process ends within this, come what may. */
const EXIT_DEADLINE_MS = 25_000;

/** Starts the services in order; when one fails, those that run are stopped again. */
async function startServices(runtime: Runtime, names: ServiceName[]): Promise<Stop[]> {
  const stops: Stop[] = [];
  try {
    for (const name of names) stops.push(await (await loadService(name))(runtime));
    if (!names.includes('api') && runtime.config.portGiven) {
      stops.push(await (await import('#services/api.ts')).startHealthOnly(runtime));
    }
    return stops;
  } catch (error) {
    await stopServices(stops);
    throw error;
  }
}

async function stopServices(stops: Stop[]): Promise<void> {
  for (const stop of stops.toReversed()) await stop(DRAIN_MS);
}

/** What escapes every handler is logged, and the process goes down: its work is taken over or resumed. */
function endOnFault(log: Logger): void {
  for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
    process.on(event, (error) => {
      log.fatal({ err: error }, event);
      process.exit(1);
    });
  }
}

async function startAttached(overrides: Overrides, logFile: string | undefined) {
  const { config, warnings } = loadConfig(overrides);
  const services = chooseServices(config.program.services);
  const log = createLogger({ level: config.logLevel, pretty: process.stderr.isTTY });
  endOnFault(log);
  if (services.includes('api')) await seeToWebApp();
  for (const warning of warnings) note(warning);
  const startedAt = new Date().toISOString();
  const about = { services, started_at: startedAt, ...(logFile !== undefined && { log_file: logFile }) };
  await announce(config.dataDirectory, { ...about, ready: false });
  try {
    await serve({ config, services, log }, async (at, database) => {
      const needs_setup = at?.api === true && !(await hasOwner(database));
      await announce(config.dataDirectory, { ...about, ...at, needs_setup, ready: true });
      if (at?.api) print(`Famulus is ready at ${at.url}`);
      else print(`Famulus is ready: ${services.join(', ')}`);
      // Where output goes to a log, whoever started this process tells it.
      if (!needs_setup || logFile !== undefined) return;
      const publicUrl = config.http.public_url;
      const invitation = await setupInvitation(database, { url: at.url, publicUrl });
      if (invitation !== undefined) print(invitation);
    });
  } finally {
    await withdraw(config.dataDirectory);
  }
}

interface Serving {
  config: Config;
  services: ServiceName[];
  log: Logger;
}

/** Runs the services from start to end; `onReady` is told where HTTP is served, if it is. */
async function serve(
  { config, services, log }: Serving,
  onReady: (at: { url: string; api: boolean } | undefined, database: Database) => Promise<void>,
): Promise<void> {
  if (isStopAsked()) return;
  let at: { url: string; api: boolean } | undefined;
  const runtime = await openRuntime({
    config,
    log,
    services,
    progress: note,
    onListening: ({ url, api }) => {
      at = { url, api };
    },
  });
  try {
    const stops = await startServices(runtime, services);
    log.info({ services, url: at?.url, ms: Math.round(performance.now()) }, 'ready');
    await onReady(at, runtime.database);
    const signal = await stopSignal;
    log.info({ signal }, 'stopping');
    setTimeout(() => process.exit(1), EXIT_DEADLINE_MS).unref();
    await stopServices(stops);
  } finally {
    await runtime.close();
  }
  log.info('stopped');
}

export const start: Command = {
  usage: 'start [--services a,b] [--port N] [--detach]',
  summary: 'Starts Famulus, or some of its services',
  help: `--services a,b   only these services (default: SERVICES, else all)
--port N         the port to listen on (default: PORT, else 8000)
--detach         in the background; returns when it is ready
--log-file F     where its output goes, for ./manage logs (--detach sees to it)`,
  options: {
    ...commonOptions,
    services: { type: 'string' },
    port: { type: 'string' },
    detach: { type: 'boolean' },
    'log-file': { type: 'string' },
  },
  run: async ({ options, words }) => {
    noWords('start', words);
    const overrides = {
      dataDir: textOption(options, 'data-dir'),
      port: textOption(options, 'port'),
      services: textOption(options, 'services'),
    };
    if (options['detach']) return await startDetached(overrides);
    await startAttached(overrides, textOption(options, 'log-file'));
    return 0;
  },
};
