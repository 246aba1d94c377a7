export { parseAllowList } from './allow-list.ts';
export { createOutbound, type Fetch, type Outbound } from './create-outbound.ts';
export { decode, mediaTypeOf } from './decode.ts';
export { readSome } from './read-some.ts';
