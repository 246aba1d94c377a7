import type { KeysStatus } from '#platform/encryption/index.ts';
import { ok, warn, type Finding } from './finding.ts';

/** That the keys open under this SECRET_KEY has been seen by whoever opened the database. */
export function checkKeys({ keys, secret_key_change_prepared }: KeysStatus): Finding {
  const check = 'encryption';
  const inUse = keys.find(({ state }) => state === 'in_use');
  if (keys.some(({ state }) => state === 'retired')) {
    return warn(check, 'a rotation of keys was not finished', 'run ./manage keys rotate: it goes on with it');
  }
  if (secret_key_change_prepared) {
    return warn(
      check,
      'a change of SECRET_KEY is prepared: the old one and the new one both open what is encrypted',
      'set SECRET_KEY to the new one and start',
    );
  }
  if (!inUse) return ok(check, 'nothing is encrypted yet');
  return ok(
    check,
    `the key in use is of ${inUse.created_at.toISOString().slice(0, 10)} and opens with SECRET_KEY`,
  );
}
