import { createContext, Script, type Context } from 'node:vm';

/** Made when it is first needed. */
let context: (Context & { work?: () => unknown }) | undefined;
const script = new Script('work()');

/** Whoever had the processor for this share of its time was not kept from it. */
const SHARE = 0.5;

/**
 * What `work` returns, or undefined when it takes longer: then it is ended where it stands, within a regular expression,
 * too. For what depends on other people's schemas, whose patterns can take years. `work` changes nothing, since it begins
 * anew when it was ended because the machine was busy with others: that is no fault of a schema.
 */
export function bounded<T>(work: () => T, ms: number): T | undefined {
  context ??= createContext({});
  context.work = work;
  const before = process.threadCpuUsage();
  try {
    for (;;) {
      try {
        return script.runInContext(context, { timeout: ms }) as T;
      } catch (error) {
        if ((error as { code?: unknown }).code !== 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw error;
      }
      const { user, system } = process.threadCpuUsage(before);
      if (user + system >= SHARE * ms * 1_000) return undefined;
    }
  } finally {
    delete context.work;
  }
}
