import { type ReactNode, useId } from 'react';
import styles from './segments.module.css';

interface Segment<T extends string> {
  value: T;
  /** The accessible name, also the tooltip. */
  label: string;
  content: ReactNode;
}

interface SegmentsProps<T extends string> {
  legend: string;
  segments: Segment<T>[];
  value: T;
  choose: (value: T) => void;
}

/** A choice of two or three, all visible: native radio buttons, so arrow keys and labels work by themselves. */
export function Segments<T extends string>({ legend, segments, value, choose }: SegmentsProps<T>) {
  const name = useId();
  return (
    <fieldset className={styles.segments}>
      <legend className={styles.legend}>{legend}</legend>
      {segments.map((segment) => (
        <label key={segment.value} className={styles.segment} title={segment.label}>
          <input
            type="radio"
            name={name}
            value={segment.value}
            aria-label={segment.label}
            checked={segment.value === value}
            onChange={() => choose(segment.value)}
          />
          <span aria-hidden="true">{segment.content}</span>
        </label>
      ))}
    </fieldset>
  );
}
