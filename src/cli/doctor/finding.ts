/** What one check found. */
export interface Finding {
  check: string;
  state: 'ok' | 'warn' | 'fail';
  /** One line: how it is. */
  detail: string;
  /** What to do about it. */
  mend?: string;
}

export function ok(check: string, detail: string): Finding {
  return { check, state: 'ok', detail };
}

export function warn(check: string, detail: string, mend: string): Finding {
  return { check, state: 'warn', detail, mend };
}

export function fail(check: string, detail: string, mend: string): Finding {
  return { check, state: 'fail', detail, mend };
}
