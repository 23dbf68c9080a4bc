'use client';

import { useRef, useState } from 'react';
import { useStrings } from '../use-strings';
import { copyText } from './copy-text';
import { Icon } from './icon';
import { IconButton } from './icon-button';

interface CopyButtonProps {
  /** Called on press, so that a streaming reply is not passed down with every token. */
  text: () => string;
  /** The accessible name; after a press it says whether copying worked. */
  label: string;
  /** Shows this text beside the icon, or the usual one if `true`. */
  caption?: boolean | string;
  className?: string;
}

type Outcome = 'copied' | 'copyFailed';

const SHOWN_MS = 1800;

export function CopyButton({ text, label, caption = false, className }: CopyButtonProps) {
  const { copyButton } = useStrings();
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  const copy = async () => {
    const wasCopied = await copyText(text());
    setOutcome(wasCopied ? 'copied' : 'copyFailed');
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setOutcome(null), SHOWN_MS);
  };
  const icon = outcome === 'copied' ? 'check' : outcome === 'copyFailed' ? 'alert' : 'copy';
  const name = outcome ? copyButton[outcome] : label;

  if (!caption) return <IconButton icon={icon} label={name} size="small" onClick={copy} />;
  return (
    <button type="button" className={className} onClick={copy} aria-label={name}>
      <Icon name={icon} size={14} />
      <span>{outcome ? copyButton[outcome] : caption === true ? copyButton.copy : caption}</span>
    </button>
  );
}
