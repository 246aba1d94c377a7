/** Where a worker ends itself: around each commit on a reminder's way, and around the push into Redis. */
export const points = [
  // The scheduler's transaction that fires what is due.
  'claim.before_commit',
  'claim.after_commit',
  // A worker takes lanes.
  'lease.before_commit',
  'lease.after_commit',
  // The end of an item: what it did and that it is done are one commit.
  'completion.before_commit',
  'completion.after_commit',
  // The push into the Redis list.
  'send.before',
  'send.after',
  // It is recorded that the push was done.
  'acknowledgement.before_commit',
  'acknowledgement.after_commit',
] as const;

export type Point = (typeof points)[number];

export type Role = 'scheduler' | 'assistant' | 'courier';

/** The processes that die in a run: two schedulers, and as many others as find enough to do. */
export const slots: readonly Role[] = [
  'scheduler',
  'scheduler',
  'assistant',
  'assistant',
  'courier',
  'courier',
  'courier',
];

/** What comes by a point. */
const rolesOf: Record<string, readonly Role[]> = {
  claim: ['scheduler'],
  lease: ['assistant', 'courier'],
  completion: ['assistant'],
  send: ['courier'],
  acknowledgement: ['courier'],
};

export interface Deck {
  /** Kills not dealt out yet. */
  left(): number;
  /** The next point of a role; undefined when it has had its share. */
  deal(role: Role): Point | undefined;
}

/** Every point its share of the kills, by turns. */
export function deckOf(kills: number): Deck {
  const cards = Array.from({ length: kills }, (_, index) => {
    const point = points[index % points.length]!;
    const roles = rolesOf[point.slice(0, point.indexOf('.'))]!;
    return { point, role: roles[Math.floor(index / points.length) % roles.length]! };
  });
  return {
    left: () => cards.length,
    deal: (role) => {
      const index = cards.findIndex((card) => card.role === role);
      return index === -1 ? undefined : cards.splice(index, 1)[0]!.point;
    },
  };
}
