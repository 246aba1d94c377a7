import { dataDirectoryOf } from '#app/config.ts';
import type { PartHealth } from '#app/health.ts';
import { runningProcesses, type RunningProcess } from '#app/run-files.ts';
import { commonOptions, noWords, textOption, type Command } from './command.ts';
import { print } from './output.ts';
import { readinessOf } from './readiness-of.ts';

const NOT_READY = 1;
const NOT_RUNNING = 3;

interface ProcessStatus {
  pid: number;
  services: string[];
  started_at: string;
  uptime_s: number;
  url: string | null;
  log_file: string | null;
  /** Null where nothing can be asked: it serves no HTTP. */
  ready: boolean | null;
  parts: Record<string, PartHealth>;
}

interface Status {
  status: 'ready' | 'not_ready' | 'stopped';
  /** Of the API. */
  url: string | null;
  processes: ProcessStatus[];
}

async function statusOf({
  pid,
  services,
  started_at,
  url,
  log_file,
  ready,
}: RunningProcess): Promise<ProcessStatus> {
  const readiness = url === undefined ? undefined : await readinessOf(url);
  return {
    pid,
    services,
    started_at,
    uptime_s: Math.max(0, Math.round((Date.now() - Date.parse(started_at)) / 1_000)),
    url: url ?? null,
    log_file: log_file ?? null,
    ready: ready && url === undefined ? null : readiness?.status === 'ready',
    parts: readiness?.parts ?? {},
  };
}

/** `3 d 4 h`, `2 h 5 min`, `40 s`: the two largest units. */
export function uptime(seconds: number): string {
  const units: [number, string][] = [
    [86_400, 'd'],
    [3_600, 'h'],
    [60, 'min'],
    [1, 's'],
  ];
  const first = Math.max(
    0,
    units.findIndex(([size]) => seconds >= size),
  );
  const parts = units.slice(first, first + 2).map(([size, unit], index) => {
    const count = Math.floor((index === 0 ? seconds : seconds % units[first]![0]) / size);
    return count === 0 && index > 0 ? '' : `${count} ${unit}`;
  });
  return seconds === 0 ? '0 s' : parts.filter((part) => part !== '').join(' ');
}

function described({ pid, services, url, uptime_s, log_file, ready, parts }: ProcessStatus): string[] {
  const state = ready === null ? 'running' : ready ? 'ready' : 'not ready';
  const details = [url, `up ${uptime(uptime_s)}`, log_file && `log ${log_file}`].filter((text) => text);
  return [
    `process ${pid}: ${services.join(', ')}: ${state}, ${details.join(', ')}`,
    ...Object.entries(parts).map(
      ([part, { ok, detail }]) => `  ${part.padEnd(12)}${ok ? 'ok' : 'NOT OK'}${detail ? `: ${detail}` : ''}`,
    ),
    ...(ready === false && Object.keys(parts).length === 0
      ? [url === null ? '  it is starting' : '  it does not answer']
      : []),
  ];
}

export const status: Command = {
  usage: 'status [--json]',
  summary: 'Says what runs, where, and whether it is ready',
  help: `--json   as JSON: {"status": "ready"|"not_ready"|"stopped", "url", "processes": […]}
Exit code 0: ready; 1: something is not; 3: nothing runs.`,
  options: { ...commonOptions, json: { type: 'boolean' } },
  run: async ({ options, words }) => {
    noWords('status', words);
    const dataDirectory = dataDirectoryOf({ dataDir: textOption(options, 'data-dir') });
    const running = await runningProcesses(dataDirectory);
    const processes = await Promise.all(running.map(statusOf));
    const url = running.find(({ api }) => api)?.url ?? null;
    const ready = processes.every((process) => process.ready !== false);
    const result: Status = {
      status: processes.length === 0 ? 'stopped' : ready ? 'ready' : 'not_ready',
      url,
      processes,
    };
    if (options['json']) print(JSON.stringify(result));
    else if (processes.length === 0) print(`nothing runs on ${dataDirectory}`);
    else for (const line of processes.flatMap(described)) print(line);
    return { ready: 0, not_ready: NOT_READY, stopped: NOT_RUNNING }[result.status];
  },
};
