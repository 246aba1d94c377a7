import { expect, test } from 'vitest';
import type { KeysStatus } from '#platform/encryption/index.ts';
import { checkKeys } from './keys.ts';

const inUse = {
  id: '1',
  state: 'in_use' as const,
  created_at: new Date('2026-12-01T09:00:00Z'),
  retired_at: null,
  values: {},
};
const retired = { ...inUse, id: '0', state: 'retired' as const, retired_at: new Date() };
const status = (keys: KeysStatus['keys'], secret_key_change_prepared = false) =>
  checkKeys({ keys, secret_key_change_prepared });

test('says how the keys are', () => {
  expect(status([])).toMatchObject({ state: 'ok', detail: 'nothing is encrypted yet' });
  expect(status([inUse])).toMatchObject({
    state: 'ok',
    detail: expect.stringContaining('2026-12-01') as string,
  });
});

test('says what is unfinished, with the mend', () => {
  expect(status([retired, inUse])).toMatchObject({
    state: 'warn',
    mend: expect.stringContaining('rotate') as string,
  });
  expect(status([inUse], true)).toMatchObject({
    state: 'warn',
    mend: expect.stringContaining('SECRET_KEY') as string,
  });
});
