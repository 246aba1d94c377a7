/*
 * A rotation in a process of its own that kills itself: `node src/platform/encryption/test-rotation.ts <JSON>`. It is
 * gone, as by a power cut, the `times`th time it comes to `point`.
 */
import { openDatabase, type Connection } from '#platform/db/index.ts';
import type { Roles } from '#platform/db/roles.ts';
import type { EncryptedColumn } from './column-queries.ts';
import { rotateKeys, type RotationPoint } from './rotation.ts';

export interface TestRotation {
  connection: Connection;
  roles: Roles;
  secretKey: string;
  columns: EncryptedColumn[];
  point: RotationPoint;
  times: number;
}

const { connection, roles, point, times, ...options } = JSON.parse(process.argv[2] ?? '') as TestRotation;
const database = openDatabase({ connection, roles, poolSize: 2 });
let left = times;
await rotateKeys({
  ...options,
  database,
  graceMs: 0,
  batchSize: 10,
  reached: (at) => {
    if (at === point && --left === 0) process.kill(process.pid, 'SIGKILL');
  },
});
await database.close();
