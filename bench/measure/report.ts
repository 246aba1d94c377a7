/** A figure of ours and, where a peer did the same work in the same run, of the peer. */
export interface Figure {
  bench: string;
  /** What was measured, e.g. `wake p50`. */
  figure: string;
  value: number;
  unit: string;
  /** Name and version. */
  peer: string | null;
  peer_value: number | null;
  /** Ours by the peer's. */
  ratio: number | null;
}

export interface Report {
  /** Notes a figure of one engine; the first engine is ours. */
  add(engine: string, figure: string, value: number, unit: string): void;
  /** Prints the table for people, then one JSON line a figure and peer. */
  print(): void;
}

/** The value below which `share` of the values lie (nearest rank). */
export function percentile(values: number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}

function rounded(value: number): number {
  if (!Number.isFinite(value) || Math.abs(value) >= 100) return Math.round(value);
  return Number(value.toPrecision(3));
}

export function createReport(bench: string, ours: string): Report {
  const engines = [ours];
  const units = new Map<string, string>();
  const values = new Map<string, number>();

  function rows(): string[][] {
    const body = [...units].map(([figure, unit]) => [
      `${figure}, ${unit}`,
      ...engines.map((engine) => {
        const value = values.get(`${figure}\n${engine}`);
        return value === undefined ? '–' : String(rounded(value));
      }),
    ]);
    return [['', ...engines], ...body];
  }

  function lines(): Figure[] {
    return [...units].flatMap(([figure, unit]): Figure[] => {
      const value = values.get(`${figure}\n${ours}`);
      if (value === undefined) return [];
      const own = { bench, figure, value: rounded(value), unit };
      const compared = engines.slice(1).filter((peer) => values.has(`${figure}\n${peer}`));
      if (compared.length === 0) return [{ ...own, peer: null, peer_value: null, ratio: null }];
      return compared.map((peer) => {
        const theirs = values.get(`${figure}\n${peer}`) ?? Number.NaN;
        return { ...own, peer, peer_value: rounded(theirs), ratio: rounded(value / theirs) };
      });
    });
  }

  return {
    add: (engine, figure, value, unit) => {
      if (!engines.includes(engine)) engines.push(engine);
      units.set(figure, unit);
      values.set(`${figure}\n${engine}`, value);
    },
    print: () => {
      const table = rows();
      const widths =
        table[0]?.map((_, column) => Math.max(...table.map((row) => row[column]?.length ?? 0))) ?? [];
      for (const row of table) {
        console.log(
          row
            .map((cell, column) =>
              column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
            )
            .join('  '),
        );
      }
      console.log();
      for (const line of lines()) console.log(JSON.stringify(line));
    },
  };
}
