import { afterAll } from 'vitest';

import { stopContractProxies } from './contract-proxy.ts';

afterAll(stopContractProxies);
