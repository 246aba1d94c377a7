import { createContext, Script, type Context } from 'node:vm';

/** Made when it is first needed. */
let context: (Context & { work?: () => unknown }) | undefined;
const script = new Script('work()');

/**
 * What `work` returns, or undefined when it takes longer: then it is ended where it stands, within a regular expression,
 * too. For what depends on other people's schemas, whose patterns can take years.
 */
export function bounded<T>(work: () => T, ms: number): T | undefined {
  context ??= createContext({});
  context.work = work;
  try {
    return script.runInContext(context, { timeout: ms }) as T;
  } catch (error) {
    if ((error as { code?: unknown }).code === 'ERR_SCRIPT_EXECUTION_TIMEOUT') return undefined;
    throw error;
  } finally {
    delete context.work;
  }
}
