import { describePostgresFailures } from '#test/postgres-failures.ts';

describePostgresFailures('one process');
