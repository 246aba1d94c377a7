import { AppError, invalidField } from '#platform/errors/index.ts';
import type { PreviewRequest } from './contract.ts';
import { instantOfLocalTime, localTimeOf } from './local-time.ts';
import { ruleOfWords } from './rule-of-words.ts';
import { nextInstants, type Rule } from './rule.ts';
import { describeSchedule, parseWhen } from './words/index.ts';

export interface Preview {
  next: Date[];
  local: string[];
  description: string;
}

/** In some zones it is the year 10000 by then, which RFC 3339 can't write. */
const LAST_DAY = Date.UTC(9999, 11, 31);

interface Asker {
  timezone: string;
  locale: string;
  now: Date;
}

function ruleOfText(text: string, from: Date, timezone: string, locale: string): Rule {
  const when = parseWhen(text, { now: from, timezone, locale });
  switch (when.kind) {
    case 'one_time':
      return { type: 'one_time', trigger_at: when.trigger_at, timezone };
    case 'recurring':
      return ruleOfWords(when, from, timezone);
    case 'unclear':
      throw invalidField('text', when.question, 'schedules.unclear');
    case 'none':
      throw invalidField('text', 'names no time', 'schedules.unclear');
  }
}

function ruleOfRequest(request: PreviewRequest, from: Date, timezone: string, locale: string): Rule {
  const { cron_expression, rrule, local_time, text } = request;
  if (cron_expression !== undefined) return { type: 'recurring', cron_expression, timezone };
  // As if it were made at that moment.
  if (rrule !== undefined) return { type: 'recurring', rrule, start: from, timezone };
  if (text !== undefined) return ruleOfText(text, from, timezone, locale);
  return { type: 'one_time', trigger_at: instantOfLocalTime(local_time!, timezone), timezone };
}

/**
 * The next instants of a rule, with it in words.
 * @throws AppError 422 `schedules.never` when it can never fire, `schedules.bad_cron`, `schedules.unclear`
 */
export function previewOf(request: PreviewRequest, asker: Asker): Preview {
  const timezone = request.timezone ?? asker.timezone;
  const from = request.from ?? asker.now;
  const rule = ruleOfRequest(request, from, timezone, asker.locale);
  const next = nextInstants(rule, from, request.count).filter((instant) => instant.getTime() < LAST_DAY);
  if (next.length === 0) {
    throw new AppError({
      code: 'schedules.never',
      kind: 'invalid',
      message: 'This never comes after the time asked from',
      problems: [{ path: fieldOf(request), message: 'never comes' }],
    });
  }
  const language = asker.locale.startsWith('ru') ? 'ru' : 'en';
  return {
    next,
    local: next.map((instant) => localTimeOf(instant, timezone)),
    description: describeSchedule(rule, language, asker.now),
  };
}

function fieldOf(request: PreviewRequest): string {
  if (request.cron_expression !== undefined) return 'cron_expression';
  if (request.rrule !== undefined) return 'rrule';
  return request.text === undefined ? 'local_time' : 'text';
}
