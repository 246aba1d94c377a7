import { russianCounts } from './lexicon-ru-counts.ts';
import { russianDays } from './lexicon-ru-days.ts';
import { russianParticles } from './lexicon-ru-particles.ts';
import { lexicon } from './terms.ts';

/** Russian words of time. */
export const russian = lexicon([...russianCounts, ...russianDays, ...russianParticles]);
