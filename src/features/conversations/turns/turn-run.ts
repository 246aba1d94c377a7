import type { Approval, ApprovalReason } from '#features/approvals/index.ts';
import type { Lease } from '#platform/lanes/index.ts';
import type { Logger } from '#platform/log/index.ts';
import type { ThreadContext } from '../context/thread-context.ts';
import type { MessagePart } from '../contract.ts';
import type { TurnLimits } from './limits.ts';
import type { ModelChain, TurnModels } from './models.ts';
import type { OpenTurn, TurnAssistant, TurnSources } from './open-turn.ts';
import type { PendingCall } from '../parts.ts';
import type { ReplyWriter, StepWriter } from './reply-writer.ts';
import type { TurnTool } from './turn-tool.ts';

/** A call the user is to be asked about when nothing else can be done. */
export interface AskedCall {
  /** Ids of the calls that lead to it, its own last. */
  path: string[];
  call: PendingCall;
  tool: TurnTool;
  reasons: ApprovalReason[];
  assistant: Pick<TurnAssistant, 'id' | 'name'>;
}

/** One start of a turn: what all assistants that have a part in it share. */
export interface TurnRun {
  turn: OpenTurn;
  lease: Lease;
  writer: ReplyWriter;
  models: TurnModels;
  limits: TurnLimits;
  /** Bytes of a user's file; undefined when it is not there any more. */
  readFile(userId: string, attachmentId: string): Promise<Uint8Array | undefined>;
  sources: TurnSources;
  /** Ends the turn: its reason is thrown. */
  signal: AbortSignal;
  log: Logger;
  /** What the user was asked in this turn before, oldest first. */
  approvals: Approval[];
  /** Lets an assistant do its part, see `converse.ts`. */
  converse(run: TurnRun, part: Part): Promise<MessagePart[] | 'waits'>;
  /** Grows while calls are looked at. */
  asked: AskedCall[];
}

/** One assistant's part of a turn. */
export interface Part {
  assistant: TurnAssistant;
  chain: ModelChain;
  writer: StepWriter;
  /** What it is told before the conversation. */
  system: string;
  /** The conversation up to and including what it is to answer. */
  context: ThreadContext;
  /** Ids of the calls that led to it; empty for the assistant whom the user talks to. */
  path: string[];
  /** The assistants above it, and itself. */
  line: string[];
}

/** What an approval knows a call by, within its message. */
export function callPath(path: string[]): string {
  return path.join('/');
}
