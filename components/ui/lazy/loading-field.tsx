import { useLayoutEffect, useRef } from 'react';
import styles from './loading-field.module.css';

/** What was typed into a `LoadingField`. */
export interface EarlyInput {
  text: string;
  /** Enter was pressed: choose the first result. */
  wasSubmitted: boolean;
}

export const NO_INPUT: EarlyInput = { text: '', wasSubmitted: false };

interface LoadingFieldProps {
  label: string;
  input: EarlyInput;
  setInput: (input: EarlyInput) => void;
  cancel: () => void;
}

/**
 * A plain text field that takes the focus at once, while the part with the real field still loads, so that no typed key is
 * lost. When it unmounts it returns the focus, so that the part can return it there too.
 */
export function LoadingField({ label, input: { text, wasSubmitted }, setInput, cancel }: LoadingFieldProps) {
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
      readOnly={wasSubmitted}
      value={text}
      onChange={({ target }) => setInput({ text: target.value, wasSubmitted })}
      onKeyDown={(event) => {
        if (event.nativeEvent.isComposing || event.keyCode === 229) return;
        if (event.key === 'Escape') cancel();
        else if (event.key === 'Enter') setInput({ text, wasSubmitted: true });
        else return;
        event.preventDefault();
      }}
    />
  );
}
