import { Tooltip } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import type { CSSProperties, ReactNode } from 'react';
import { longDay } from '#web/ui/time/format-time.ts';
import { useTimeSettings } from '#web/ui/time/time-zone.tsx';
import { scaleEnd, type Day } from './series.ts';
import type { Measure } from './usage.ts';
import { useFigures } from './use-figures.ts';
import classes from './day-chart.module.css';

interface DayChartProps {
  days: readonly Day[];
  /** Models with a colour of their own. */
  named: readonly string[];
  measure: Measure;
}

/** Days are days of the user's zone already. */
export function useDayName(): (day: string) => string {
  const settings = useTimeSettings();
  return (day) => longDay(`${day}T12:00:00Z`, { ...settings, timezone: 'UTC' });
}

/** A bar a day, a colour a model. For eyes: the table beside it says the same. */
export function DayChart({ days, named, measure }: DayChartProps) {
  const { value } = useFigures();
  const nameOf = useDayName();
  const end = scaleEnd(Math.max(...days.map(({ total }) => total)));
  const hasOthers = days.some(({ parts }) => parts.some(({ model }) => model === null));
  const first = days[0]?.day;
  const last = days.at(-1)?.day;
  return (
    <div aria-hidden="true">
      <div className={classes['plot']}>
        <span className={classes['end']}>{value(end, measure)}</span>
        {days.map((day) => (
          <Tooltip
            key={day.day}
            label={<DayTip day={day} measure={measure} />}
            events={{ hover: true, focus: false, touch: true }}
            transitionProps={{ duration: 0 }}
          >
            <div className={classes['day']}>
              {day.parts.map(({ model, value: part }) => (
                <div
                  key={model}
                  className={classes['part']}
                  style={barStyle(colorOf(model, named), (part / end) * 100)}
                />
              ))}
            </div>
          </Tooltip>
        ))}
      </div>
      <div className={classes['axis']}>
        <span>{first !== undefined && nameOf(first)}</span>
        <span>{last !== undefined && nameOf(last)}</span>
      </div>
      <ul className={classes['legend']}>
        {named.map((model) => (
          <LegendItem key={model} color={colorOf(model, named)}>
            {model}
          </LegendItem>
        ))}
        {hasOthers && (
          <LegendItem color={colorOf(null, named)}>
            <Trans>other models</Trans>
          </LegendItem>
        )}
      </ul>
    </div>
  );
}

function LegendItem({ color, children }: { color: string; children: ReactNode }) {
  return (
    <li className={classes['model']}>
      <span className={classes['swatch']} style={{ background: color }} />
      {children}
    </li>
  );
}

function DayTip({ day, measure }: { day: Day; measure: Measure }) {
  const { t } = useLingui();
  const { value } = useFigures();
  const nameOf = useDayName();
  return (
    <>
      <div>
        {nameOf(day.day)}: {value(day.total, measure)}
      </div>
      {day.parts.length > 1 &&
        day.parts.map(({ model, value: part }) => (
          <div key={model}>
            {model ?? t`other models`}: {value(part, measure)}
          </div>
        ))}
    </>
  );
}

function colorOf(model: string | null, named: readonly string[]): string {
  return `var(--usage-${model === null ? 'others' : named.indexOf(model)})`;
}

function barStyle(color: string, percent: number): CSSProperties {
  return { background: color, height: `${percent}%` };
}
