/** A set of whole numbers from 0 to 63. */
export interface Bits {
  low: number;
  high: number;
}

export function noBits(): Bits {
  return { low: 0, high: 0 };
}

export function addBit(bits: Bits, value: number): void {
  if (value < 32) bits.low |= 1 << value;
  else bits.high |= 1 << (value - 32);
}

/** The place of the lowest one of 32 bits that are not all zero. */
export function lowestBit(word: number): number {
  return 31 - Math.clz32(word & -word);
}

/** The least number of the set from `value` on; -1 when there is none. */
export function firstFrom(bits: Bits, value: number): number {
  if (value < 32) {
    const rest = bits.low >>> value;
    if (rest !== 0) return value + lowestBit(rest);
    return bits.high === 0 ? -1 : 32 + lowestBit(bits.high);
  }
  const rest = value < 64 ? bits.high >>> (value - 32) : 0;
  return rest === 0 ? -1 : value + lowestBit(rest);
}
