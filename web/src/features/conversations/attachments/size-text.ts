const units = ['byte', 'kilobyte', 'megabyte'] as const;

/** Bytes as people say them: `340 kB`, `1.2 MB`. */
export function sizeText(bytes: number, locale: string): string {
  const step = bytes < 1_000 ? 0 : bytes < 999_500 ? 1 : 2;
  const value = bytes / 1_000 ** step;
  const digits = step === 2 && value < 10 ? 1 : 0;
  const unitDisplay = step === 0 ? 'long' : 'short';
  const format = { style: 'unit', unit: units[step], unitDisplay, maximumFractionDigits: digits } as const;
  return new Intl.NumberFormat(locale, format).format(value);
}
