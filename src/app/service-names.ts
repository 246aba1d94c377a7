/** The services there are, in the order they start. */
export const serviceNames = ['api', 'assistant', 'scheduler', 'courier'] as const;

export type ServiceName = (typeof serviceNames)[number];
