import type { AdminStrings } from '@/lib/chat/strings/admin';
import styles from './admin-page.module.css';

/** A part of each bar, from the bottom up. */
interface Part {
  name: string;
  className: string | undefined;
}

interface PlotDay {
  date: string;
  /** One for each part. */
  values: number[];
}

interface DayPlotProps {
  strings: AdminStrings;
  title: string;
  parts: [Part, Part];
  days: PlotDay[];
}

const HEIGHT = 100;
const BAR = 10;
const GAP = 3;

const totalOf = ({ values }: PlotDay): number => values.reduce((all, value) => all + value, 0);

/** A bar for each day, and the same numbers as a table. */
export function DayPlot({ strings, title, parts, days }: DayPlotProps) {
  const most = Math.max(...days.map(totalOf));
  const today = days.at(-1);
  const summary = strings.days.summary(days.length, most, today ? totalOf(today) : 0);
  return (
    <figure className={styles.plot}>
      <h2>{title}</h2>
      <p className={styles.legend}>
        {parts.map(({ name, className }) => (
          <span key={name}>
            <svg viewBox="0 0 10 10" aria-hidden="true">
              <rect className={className} width="10" height="10" rx="2" />
            </svg>
            {name}
          </span>
        ))}
      </p>
      <svg
        viewBox={`0 0 ${days.length * (BAR + GAP) - GAP} ${HEIGHT}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={`${title}. ${summary}`}
      >
        {days.map((day, index) => (
          <Bar key={day.date} day={day} parts={parts} x={index * (BAR + GAP)} most={most} strings={strings} />
        ))}
      </svg>
      <p className={styles.ends}>
        <span>{days[0]?.date}</span>
        <span>
          {strings.days.most}: {strings.count(most)}
        </span>
        <span>{today?.date}</span>
      </p>
      <details>
        <summary>{strings.days.asTable}</summary>
        <table>
          <thead>
            <tr>
              <th scope="col">{strings.days.day}</th>
              {parts.map(({ name }) => (
                <th key={name} scope="col">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {days.toReversed().map(({ date, values }) => (
              <tr key={date}>
                <th scope="row">{date}</th>
                {parts.map(({ name }, part) => (
                  <td key={name}>{strings.count(values[part] ?? 0)}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </figure>
  );
}

interface BarProps extends Pick<DayPlotProps, 'strings' | 'parts'> {
  day: PlotDay;
  x: number;
  most: number;
}

function Bar({ day, parts, x, most, strings }: BarProps) {
  const height = (value: number) => (most === 0 ? 0 : (value / most) * HEIGHT);
  let top = HEIGHT;
  return (
    <g>
      <title>{`${day.date}: ${strings.count(totalOf(day))}`}</title>
      {parts.map(({ name, className }, part) => {
        const own = height(day.values[part] ?? 0);
        top -= own;
        return own > 0 && <rect key={name} className={className} x={x} y={top} width={BAR} height={own} />;
      })}
    </g>
  );
}
