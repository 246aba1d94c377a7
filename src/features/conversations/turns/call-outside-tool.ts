import { useApproval, type Approval } from '#features/approvals/index.ts';
import type { CallTraits, OutsideTool } from '#features/tools/index.ts';
import type { JsonValue } from '#platform/db/index.ts';
import { AppError } from '#platform/errors/index.ts';
import { withCall, type CallResult, type PendingCall } from '../parts.ts';
import { contextOf, settle } from './settle.ts';
import type { Part, TurnRun } from './turn-run.ts';
import type { TurnTool } from './turn-tool.ts';
import { unlessAborted } from './wait.ts';

/** More of an answer than this is cut off: it is paid for in every request from here on. */
const MOST_CHARACTERS = 60_000;

export interface OutsideCallOptions {
  call: PendingCall;
  tool: TurnTool;
  executor: OutsideTool;
  traits: CallTraits;
  approval: Approval | undefined;
}

/** Notes that the call begins, where it could be asked one day whether it got through, and uses the approval up. */
async function begin(part: Part, { call, traits, approval }: OutsideCallOptions): Promise<PendingCall> {
  const isNoted = call.toolMetadata.began === true;
  const onlyReads = traits.effect === 'none' && traits.after_crash === 'repeat';
  if (!approval && (isNoted || onlyReads)) return call;
  const began: PendingCall = {
    ...call,
    toolMetadata: { ...call.toolMetadata, began: true },
  };
  await part.writer.store(async (tx) => {
    if (approval && !(await useApproval(tx, approval.id))) throw new Error('the approval was used up');
    return withCall(part.writer.parts(), began);
  });
  return began;
}

function cut(output: JsonValue): JsonValue {
  const json = JSON.stringify(output);
  if (json.length <= MOST_CHARACTERS) return output;
  return { cut_off: `Only the first ${MOST_CHARACTERS} characters`, answer: json.slice(0, MOST_CHARACTERS) };
}

/** In the words a model is told; what was not expected stays in our log. */
function failure(error: unknown, { log }: TurnRun, { name }: TurnTool): CallResult {
  if (error instanceof AppError && error.kind !== 'internal') return { error: error.message };
  log.error({ err: error, tool: name }, 'a tool failed');
  return { error: 'The tool failed. Whether it did anything is not known.', reason: 'uncertain' };
}

function tooSlow({ tool, executor, traits }: OutsideCallOptions): CallResult {
  const said = `"${tool.name}" gave no answer within ${executor.timeout_ms / 1_000} s.`;
  return traits.after_crash === 'ask'
    ? { error: `${said} It may have been done all the same.`, reason: 'uncertain' }
    : { error: said };
}

/**
 * Calls something that is not ours, outside any transaction, and stores what came of it. What it may have done when it
 * fails or takes too long is said to the model.
 */
export async function callOutsideTool(run: TurnRun, part: Part, options: OutsideCallOptions): Promise<void> {
  const { tool, executor, traits } = options;
  const call = await begin(part, options);
  const timeout = AbortSignal.timeout(executor.timeout_ms);
  const signal = AbortSignal.any([run.signal, timeout]);
  const outsideCall = { ...contextOf(run, part, call), tool, signal };
  let result: CallResult;
  try {
    // One that ignores the signal is left behind.
    result = { output: cut(await unlessAborted(executor.run(call.input, outsideCall), signal)) };
  } catch (error) {
    run.signal.throwIfAborted();
    result = timeout.aborted ? tooSlow(options) : failure(error, run, tool);
  }
  // Even an error can carry their words.
  if (traits.taints) run.writer.taint();
  await settle(part, call, result);
}
