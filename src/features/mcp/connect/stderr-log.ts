import type { Logger } from '#platform/log/index.ts';

const MAX_LINE = 1_000;
/** Of one start; what says more is a loop, and the log is for other things too. */
const MAX_LINES = 500;
/** Shorter ones are words that stand in many lines. */
const SHORTEST_SECRET = 4;

/** Takes what a server writes to its standard error into our log, line by line, without its secrets. */
export function stderrLog(
  log: Logger,
  { server, secrets }: { server: string; secrets: readonly string[] },
): (text: string) => void {
  const hidden = secrets.filter((secret) => secret.length >= SHORTEST_SECRET);
  let rest = '';
  let lines = 0;

  function write(line: string): void {
    if (line.trim() === '' || lines > MAX_LINES) return;
    lines++;
    if (lines > MAX_LINES) return log.info({ server }, 'an MCP server says more than is kept');
    const shown = hidden.reduce((text, secret) => text.replaceAll(secret, '***'), line);
    log.info({ server, line: shown.slice(0, MAX_LINE) }, 'an MCP server says');
  }

  return (text) => {
    const parts = (rest + text).split('\n');
    rest = parts.pop() ?? '';
    parts.forEach(write);
    if (rest.length <= 64 * MAX_LINE) return;
    write(rest);
    rest = '';
  };
}
