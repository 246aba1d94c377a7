import { spawn, type ChildProcess } from 'node:child_process';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { loadConfig, projectDirectory, type Overrides } from '#app/config.ts';
import { unusableDataDirectory } from '#app/data-directory.ts';
import { runningProcesses, type RunningProcess } from '#app/run-files.ts';
import { AppError, messageOf } from '#platform/errors/index.ts';
import { chooseServices } from '#services/index.ts';
import { followNotes } from './child-notes.ts';
import { prepareLogFile } from './log-file.ts';
import { note, print } from './output.ts';
import { readinessOf } from './readiness-of.ts';
import { setupInvitationFor } from './setup-link.ts';

const POLL_MS = 50;
/** Between saying why it ends and being gone, a process takes this long; more, and it is said twice. */
const HOLD_MS = 500;
const TELL_EVERY_MS = 5_000;
/** Longer than anything at start waits for something else. */
const LIMIT_MS = 180_000;
/** As a shell reports a command that Ctrl-C ended. */
const INTERRUPTED = 130;

/**
 * Starts Famulus in a process of its own that outlives this one, waits until it is ready and prints its address.
 * Returns the exit code; throws with what the process said last when it ends before it is ready.
 */
export async function startDetached(overrides: Overrides): Promise<number> {
  const { config } = loadConfig(overrides);
  const services = chooseServices(config.program.services);
  const { dataDirectory } = config;
  const { path: log, size } = await prepareLogFile(dataDirectory).catch((error: unknown) => {
    throw unusableDataDirectory(dataDirectory, error);
  });
  const child = await launch({ ...overrides, dataDir: dataDirectory }, log);
  const started = await watch(child, { dataDirectory, log, from: size });
  if (!started) return INTERRUPTED;
  note(`runs in the background as process ${started.pid}, logs to ${log}; ./manage stop ends it`);
  if (started.needs_setup && started.url !== undefined) {
    const invitation = await setupInvitationFor({ ...overrides, dataDir: dataDirectory }, started.url);
    if (invitation !== undefined) note(invitation);
  }
  print(started.api && started.url !== undefined ? started.url : `ready: ${services.join(', ')}`);
  return 0;
}

async function launch({ dataDir, port, services }: Overrides, log: string): Promise<ChildProcess> {
  const options = { 'data-dir': dataDir, port, services, 'log-file': log };
  const args = Object.entries(options).flatMap(([name, value]) =>
    value === undefined ? [] : [`--${name}`, value],
  );
  const output = await open(log, 'a', 0o600);
  try {
    return spawn(process.execPath, [join(projectDirectory, 'src/main.ts'), 'start', ...args], {
      detached: true,
      stdio: ['ignore', output.fd, output.fd],
    });
  } finally {
    await output.close();
  }
}

interface End {
  how: string;
  /** It ended by itself, and what it said last is why. */
  explained: boolean;
}

/** How a child came to its end, once it has. */
function endOf(child: ChildProcess): () => End | undefined {
  let end: End | undefined;
  child.once('error', (error) => (end = { how: messageOf(error), explained: false }));
  child.once('exit', (code, signal) => {
    end = { how: signal ?? `exit code ${code}`, explained: code !== null };
  });
  return () => end;
}

interface Place {
  dataDirectory: string;
  log: string;
  /** Where in the log its lines begin. */
  from: number;
}

/** Passes on what it says to people, until it is ready. Undefined when a signal ended the wait, and with it the child. */
async function watch(child: ChildProcess, place: Place): Promise<RunningProcess | undefined> {
  const ended = endOf(child);
  const readNotes = followNotes(place.log, place.from);
  const begun = performance.now();
  let giveUp: 'interrupted' | 'late' | undefined;
  const onSignal = () => {
    giveUp ??= 'interrupted';
    child.kill('SIGTERM');
  };
  process.on('SIGINT', onSignal).on('SIGTERM', onSignal);
  try {
    let toldAt = begun;
    // Held back for a moment: the last one before the end is the error, and is told as that.
    let last: string | undefined;
    let held: { text: string; at: number }[] = [];
    for (;;) {
      const end = ended();
      const now = performance.now();
      held.push(...(await readNotes()).map((text) => ({ text, at: now })));
      last = held.at(-1)?.text ?? last;
      if (end !== undefined) {
        if (giveUp === 'interrupted') return undefined;
        if (giveUp === 'late') throw startFailed(`not ready after ${LIMIT_MS / 1_000} s`, place.log);
        throw startFailed((end.explained ? last : undefined) ?? end.how, place.log);
      }
      for (const { text, at } of held.filter(({ at }) => now - at >= HOLD_MS)) {
        note(text);
        toldAt = at;
      }
      held = held.filter(({ at }) => now - at < HOLD_MS);
      const started = await findReady(place.dataDirectory, child.pid);
      if (started) {
        child.unref();
        for (const { text } of held) note(text);
        return started;
      }
      const elapsed = performance.now() - begun;
      if (elapsed > LIMIT_MS && giveUp === undefined) {
        giveUp = 'late';
        child.kill('SIGTERM');
      }
      if (performance.now() - toldAt > TELL_EVERY_MS) {
        note(`starting, ${Math.round(elapsed / 1_000)} s`);
        toldAt = performance.now();
      }
      await delay(POLL_MS);
    }
  } finally {
    process.off('SIGINT', onSignal).off('SIGTERM', onSignal);
  }
}

async function findReady(
  dataDirectory: string,
  pid: number | undefined,
): Promise<RunningProcess | undefined> {
  const found = (await runningProcesses(dataDirectory)).find((process) => process.pid === pid);
  if (!found?.ready) return undefined;
  if (found.url === undefined) return found;
  const readiness = await readinessOf(found.url);
  return readiness?.status === 'ready' ? found : undefined;
}

function startFailed(why: string, log: string): AppError {
  return new AppError({
    code: 'cli.start_failed',
    kind: 'unavailable',
    message: `Famulus did not start: ${why} (its log: ${log})`,
  });
}
