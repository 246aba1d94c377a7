import { englishCounts } from './lexicon-en-counts.ts';
import { englishDays } from './lexicon-en-days.ts';
import { englishParticles } from './lexicon-en-particles.ts';
import { lexicon } from './terms.ts';

/** English words of time. */
export const english = lexicon([...englishCounts, ...englishDays, ...englishParticles]);
