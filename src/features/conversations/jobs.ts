import type { LaneHandler } from '#platform/lanes/index.ts';
import { TURN } from './turn-item.ts';
import { parkTurn } from './turns/park-turn.ts';
import { reopenTurn } from './turns/reopen-turn.ts';
import type { TurnDeps } from './turns/run-turn.ts';

/**
 * Loads what turns need, the AI SDK above all, which a process without turns never pays for. Otherwise the first turn
 * waits for it.
 */
export async function loadTurns(): Promise<void> {
  await import('./turns/run-turn.ts');
}

/** Works the turns of the lanes `thread:…`: one reply to each message, in order. */
export function turnHandler(deps: TurnDeps): LaneHandler {
  return {
    kind: TURN,
    work: async (item, lease) => {
      const { runTurn } = await import('./turns/run-turn.ts');
      await runTurn(item, lease, deps);
    },
    onParked: parkTurn,
    onRetried: reopenTurn,
  };
}
