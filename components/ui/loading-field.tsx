import { useLayoutEffect, useRef } from 'react';
import styles from './loading-field.module.css';

/** What was entered into the stand-in for a field that was still loading. */
export interface EarlyInput {
  text: string;
  /** Enter was pressed: choose the first result. */
  submitted: boolean;
}

export const NO_INPUT: EarlyInput = { text: '', submitted: false };

interface LoadingFieldProps {
  label: string;
  input: EarlyInput;
  setInput: (input: EarlyInput) => void;
  cancel: () => void;
}

/**
 * A plain field that takes the focus at once while the part with the real field loads, so that no key goes astray. It
 * gives the focus back when it leaves, before the part takes it.
 */
export function LoadingField({ label, input: { text, submitted }, setInput, cancel }: LoadingFieldProps) {
  const field = useRef<HTMLInputElement>(null);
  useLayoutEffect(() => {
    const previous = document.activeElement;
    field.current?.focus();
    return () => {
      if (previous instanceof HTMLElement) previous.focus({ preventScroll: true });
    };
  }, []);

  return (
    <input
      ref={field}
      className={styles.field}
      aria-label={label}
      aria-busy="true"
      placeholder={label}
      autoComplete="off"
      spellCheck={false}
      readOnly={submitted}
      value={text}
      onChange={({ target }) => setInput({ text: target.value, submitted })}
      onKeyDown={(event) => {
        if (event.nativeEvent.isComposing || event.keyCode === 229) return;
        if (event.key === 'Escape') cancel();
        else if (event.key === 'Enter') setInput({ text, submitted: true });
        else return;
        event.preventDefault();
      }}
    />
  );
}
