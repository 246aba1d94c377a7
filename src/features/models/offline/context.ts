/** Who, when and where of a turn. */
export interface TurnContext {
  now: Date;
  /** IANA zone of the user. */
  timezone: string;
  /** BCP 47, e.g. `en` or `ru-RU`. */
  locale: string;
  /** When the message that is answered was received: relative times count from it. */
  receivedAt: Date;
}

/** The lines of the system prompt that tell any model the turn's context, and that `readContext` reads back. */
export function contextLines(context: TurnContext): string {
  return [
    `Now: ${instantText(context.now)}`,
    `Timezone: ${context.timezone}`,
    `Locale: ${context.locale}`,
    `Message received: ${instantText(context.receivedAt)}`,
  ].join('\n');
}

/**
 * Reads the context from a system prompt. Of a line that comes more than once the last counts, since the context
 * stands last. What is missing or no good falls back: to UTC, English and `fallback`.
 */
export function readContext(system: string, fallback: Date): TurnContext {
  const now = instantIn(system, 'Now') ?? fallback;
  const timezone = lastLine(system, 'Timezone');
  return {
    now,
    timezone: timezone !== undefined && isZone(timezone) ? timezone : 'UTC',
    locale: lastLine(system, 'Locale') ?? 'en',
    receivedAt: instantIn(system, 'Message received') ?? now,
  };
}

function instantText(instant: Date): string {
  return instant.toISOString().replace('.000Z', 'Z');
}

function lastLine(system: string, name: string): string | undefined {
  const lines = [...system.matchAll(new RegExp(`^[ \\t]*${name}:[ \\t]*(\\S.*?)[ \\t]*$`, 'gim'))];
  return lines.at(-1)?.[1];
}

function instantIn(system: string, name: string): Date | undefined {
  const text = lastLine(system, name);
  const time = text === undefined ? Number.NaN : Date.parse(text);
  return Number.isNaN(time) ? undefined : new Date(time);
}

function isZone(timezone: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: timezone }));
  } catch {
    return false;
  }
}
