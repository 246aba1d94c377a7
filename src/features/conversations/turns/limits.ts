/** Bounds of a turn, so that it ends whatever a provider does. */
export interface TurnLimits {
  /** Requests to a model of one assistant in one turn, unless its settings say otherwise. */
  max_steps: number;
  /** Of all assistants of a turn together, beyond what the settings of the first one allow. */
  max_all_steps: number;
  /** How deep assistants may ask assistants. */
  max_depth: number;
  /** Tokens of the whole turn, unless the assistant's settings say otherwise. */
  max_tokens: number;
  /** The whole turn, unless the assistant's settings say otherwise. */
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

/** How long a turn may take, ms. */
export function turnMs(settings: { max_seconds?: number | undefined }, { turn_ms }: TurnLimits): number {
  return settings.max_seconds === undefined ? turn_ms : settings.max_seconds * 1_000;
}

export const defaultLimits: TurnLimits = {
  max_steps: 8,
  max_all_steps: 40,
  max_depth: 3,
  max_tokens: 1_000_000,
  turn_ms: 300_000,
  silence_ms: 45_000,
  retries: 2,
  retry_ms: 500,
  flush_ms: 250,
};
