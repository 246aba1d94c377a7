import { describePostgresFailures } from '#test/postgres-failures.ts';

describePostgresFailures('several processes');
