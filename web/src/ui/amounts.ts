/** `$0.0042`, `$1.30`: small amounts with as many digits as say something. */
export function usd(amount: number, locale: string): string {
  const isSmall = amount > 0 && amount < 0.1;
  return new Intl.NumberFormat(locale, {
    style: 'currency',
    currency: 'USD',
    currencyDisplay: 'narrowSymbol',
    ...(isSmall ? { maximumSignificantDigits: 2 } : { minimumFractionDigits: 2, maximumFractionDigits: 2 }),
  }).format(amount);
}

/** `1.2K`, `34M`: how many, in few signs. */
export function shortCount(count: number, locale: string): string {
  return new Intl.NumberFormat(locale, { notation: 'compact', maximumFractionDigits: 1 }).format(count);
}

/** `1,234,567` */
export function wholeCount(count: number, locale: string): string {
  return new Intl.NumberFormat(locale).format(count);
}
