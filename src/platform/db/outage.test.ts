import { expect, test } from 'vitest';

import { AppError } from '#platform/errors/index.ts';
import { isOutage } from './outage.ts';

function coded(code: string): Error {
  return Object.assign(new Error('x'), { code });
}

test.each(['57P01', '08006', '53300', '40P01', '25P03', '58030', 'ECONNREFUSED', 'EAI_AGAIN', 'EPIPE'])(
  '%s is trouble with PostgreSQL or the way to it',
  (code) => expect(isOutage(coded(code))).toBe(true),
);

test.each(['23505', '22P02', '42501', '25P02', 'P0001', 'ERR_INVALID_ARG_TYPE', 'schedules.bad'])(
  '%s is the fault of the work itself',
  (code) => expect(isOutage(coded(code))).toBe(false),
);

test('what pg throws without a code is known by its words', () => {
  expect(isOutage(new Error('Connection terminated unexpectedly'))).toBe(true);
  expect(isOutage(new Error('timeout exceeded when trying to connect'))).toBe(true);
  expect(isOutage(new Error('no connection between the two dates'))).toBe(false);
});

test('of our own errors only what says a part is down', () => {
  expect(isOutage(new AppError({ code: 'x.y', kind: 'unavailable', message: 'down' }))).toBe(true);
  expect(isOutage(new AppError({ code: 'x.y', kind: 'invalid', message: 'bad' }))).toBe(false);
  expect(isOutage('ECONNREFUSED')).toBe(false);
});
