import { z } from 'zod';
import type { JsonValue } from '#platform/db/index.ts';
import type { FeatureContext } from '#platform/feature/index.ts';
import { defineRowTool, type OutsideTool } from '../executor.ts';
import { buildRequest } from './build-request.ts';
import { storedConfig, type HttpConfig } from './config.ts';
import { selectSecrets } from './queries.ts';
import { readAnswer } from './read-answer.ts';
import { openSecrets } from './secrets.ts';

const TIMEOUT_S = 30;

/** An answer is cut off long before; this is for what is read to see that. */
const MOST_BYTES = 64 * 1024 * 1024;

/**
 * Tools of type `http`: a user's own calls, as their `config` has them. The model sees what the input is for and what is
 * answered; neither the address nor the headers.
 */
export function httpTool({
  database,
  encryption,
  outbound,
}: Pick<FeatureContext, 'database' | 'encryption' | 'outbound'>): OutsideTool {
  return defineRowTool({
    tool_type: 'http',
    timeout_ms: 65_000,
    traits: ({ config }) => ({
      effect: 'outside',
      taints: true,
      after_crash: mayRepeat(config) ? 'repeat' : 'ask',
    }),
    run: async (input, { tool, signal, call_id, user_id }) => {
      const parsed = storedConfig.safeParse(tool.config);
      if (!parsed.success)
        return {
          error: `the tool is not set up right, which its user has to mend: ${z.prettifyError(parsed.error)}`,
        };
      const config: HttpConfig = parsed.data;
      const sealed = await selectSecrets(database.readAs(user_id), tool.id);
      const secrets = await openSecrets(encryption, sealed);
      const { url, init } = buildRequest(config, input, { secrets, call_id });
      const total_ms = (config.timeout_s ?? TIMEOUT_S) * 1_000;
      const fetch = outbound.within({ total_ms, max_bytes: MOST_BYTES });
      const response = await fetch(url, { ...init, signal });
      return await readAnswer(response, { method: config.method, secrets: secrets.values() });
    },
  });
}

/** Whether a second call does nothing that the first hasn't: it only reads, or the service knows the call again. */
function mayRepeat(config: JsonValue): boolean {
  const parsed = storedConfig.safeParse(config);
  if (!parsed.success) return false;
  const { method, idempotency_header } = parsed.data;
  return method === 'GET' || method === 'HEAD' || idempotency_header !== undefined;
}
