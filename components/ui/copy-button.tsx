'use client';

import { useRef, useState } from 'react';
import { useStrings } from '../use-strings';
import { copyText } from './copy-text';
import { Icon } from './icon';
import { IconButton } from './icon-button';

interface CopyButtonProps {
  /** Read when pressed, so that a reply in motion is not handed down for every token. */
  text: () => string;
  /** The accessible name; it also says what came of it. */
  label: string;
  /** Show a word beside the icon: this one, or the usual one. */
  worded?: boolean | string;
  className?: string;
}

type Outcome = 'copied' | 'copyFailed';

const SHOWN_MS = 1800;

export function CopyButton({ text, label, worded = false, className }: CopyButtonProps) {
  const strings = useStrings();
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  const copy = async () => {
    const copied = await copyText(text());
    setOutcome(copied ? 'copied' : 'copyFailed');
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setOutcome(null), SHOWN_MS);
  };
  const icon = outcome === 'copied' ? 'check' : outcome === 'copyFailed' ? 'alert' : 'copy';
  const name = outcome ? strings.turn[outcome] : label;

  if (!worded) return <IconButton icon={icon} label={name} size="small" onClick={copy} />;
  return (
    <button type="button" className={className} onClick={copy} aria-label={name}>
      <Icon name={icon} size={14} />
      <span>{outcome ? strings.turn[outcome] : worded === true ? strings.turn.copy : worded}</span>
    </button>
  );
}
