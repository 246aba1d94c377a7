/** How long a second factor is waited for, in seconds. Stands alone: the library's options are loaded late. */
export const SECOND_FACTOR_S = 600;
