/** What the stream brings; text deltas have no seq. */
export interface LiveEvent {
  seq?: number | null;
  type: string;
  /** `<thing>:<id>` */
  subject: string | null;
  at: string;
  payload: Record<string, unknown>;
}
