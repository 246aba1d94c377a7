import { createRequire } from 'node:module';
import { pino, stdSerializers, stdTimeFunctions, type DestinationStream } from 'pino';
import type * as pinoPretty from 'pino-pretty';
import { logContext } from './context.ts';
import { redactLine } from './redact.ts';

export { withLogContext } from './context.ts';

export type LogLevel = 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal' | 'silent';

export interface LoggerOptions {
  level: LogLevel;
  /** For people on a terminal; otherwise one JSON object a line. */
  pretty: boolean;
  /** Default: standard error, written synchronously, so that the last line before a crash is not lost. */
  destination?: DestinationStream;
}

export type Logger = pino.Logger;

/** The program's logger. Lines carry the log context and hold no secret, see `redactLine`. */
export function createLogger({ level, pretty, destination }: LoggerOptions): Logger {
  return pino(
    {
      level,
      base: { pid: process.pid },
      timestamp: stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      serializers: { err: stdSerializers.errWithCause, error: stdSerializers.errWithCause },
      mixin: logContext,
      hooks: { streamWrite: redactLine },
    },
    pretty
      ? prettyStream(destination ?? standardError(), destination === undefined)
      : (destination ?? standardError()),
  );
}

function standardError(): DestinationStream {
  return pino.destination({ fd: 2, sync: true });
}

/** pino-pretty's formatting without its stream, which would write later. Loaded only here: services don't need it. */
function prettyStream(destination: DestinationStream, onTerminal: boolean): DestinationStream {
  const { prettyFactory } = createRequire(import.meta.url)('pino-pretty') as typeof pinoPretty;
  const format = prettyFactory({
    colorize: onTerminal && process.stderr.isTTY && process.stderr.hasColors(),
    translateTime: 'SYS:HH:MM:ss.l',
    ignore: 'pid',
  });
  return { write: (line) => destination.write(format(line) ?? '') };
}
