/** Bounds of a turn, so that it ends whatever a provider does. */
export interface TurnLimits {
  /** Requests to a model in one turn, unless the assistant's settings say otherwise. */
  max_steps: number;
  /** The whole turn. */
  turn_ms: number;
  /** The longest silence of a provider, from the request on. */
  silence_ms: number;
  /** Tries again with the same model after an error that may pass. */
  retries: number;
  /** Before the first of them; doubles with each. */
  retry_ms: number;
  /** How often text is stored while it comes. */
  flush_ms: number;
}

export const defaultLimits: TurnLimits = {
  max_steps: 8,
  turn_ms: 300_000,
  silence_ms: 45_000,
  retries: 2,
  retry_ms: 500,
  flush_ms: 250,
};
