import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { readAllSessions } from '@/lib/client/actions';
import { focusComposer } from '../composer/composer-focus';
import type { OverlayProps } from '../shortcuts/overlay';
import { Hidden } from '../ui/hidden';
import { Icon } from '../ui/icon';
import { IconButton } from '../ui/icon-button';
import { Sheet } from '../ui/sheet';
import { useStrings } from '../use-strings';
import { type Entry, found } from './entry';
import { OptionRow } from './option-row';
import styles from './palette.module.css';
import { useEntries } from './use-entries';

/** Everything by name. The choice is done after the dialog has closed and given the focus back. */
export function Palette({ open, close, commands, typed }: OverlayProps) {
  const { palette } = useStrings();
  const [chosen, setChosen] = useState<Entry | null>(null);

  useEffect(() => {
    if (open || !chosen) return;
    setChosen(null);
    chosen.run();
    if (chosen.focus === 'composer') focusComposer();
  }, [open, chosen]);

  const choose = (entry: Entry) => {
    setChosen(entry);
    close();
  };
  return (
    <Sheet open={open} close={close} title={palette.title} place="top">
      <Search commands={commands} typed={typed} choose={choose} close={close} />
    </Sheet>
  );
}

/** The combobox of the ARIA guide: the focus stays in the field, arrows move through the list. */
function Search({
  commands,
  typed,
  choose,
  close,
}: Pick<OverlayProps, 'commands' | 'typed'> & {
  choose: (entry: Entry) => void;
  close: () => void;
}) {
  const { palette, conversationList } = useStrings();
  const [query, setQuery] = useState(typed.replace('\n', ''));
  // The entry, not its place: entries that come later must not move the choice.
  const [at, setAt] = useState<string | null>(null);
  const list = useRef<HTMLDivElement>(null);
  const id = useId();
  const groups = found(useEntries(commands), query);
  const options = groups.flatMap(({ entries }) => entries);
  const known = options.findIndex((entry) => keyOf(entry) === at);
  const current = known < 0 ? Math.min(0, options.length - 1) : known;

  useEffect(() => void readAllSessions(), []);
  // Typed, and chosen, before the palette was here.
  const isChosen = typed.endsWith('\n');
  const first = options[0];
  useEffect(() => {
    if (isChosen && first) choose(first);
  }, [isChosen, first, choose]);
  useEffect(() => {
    if (current >= 0)
      list.current?.querySelectorAll('[role=option]')[current]?.scrollIntoView({ block: 'nearest' });
  }, [current]);

  const onKeyDown = (event: KeyboardEvent) => {
    // Safari's 229 is the key that ended a composition.
    if (event.nativeEvent.isComposing || event.keyCode === 229) return;
    const entry = options[current];
    const step = STEPS[event.key];
    const next = step === undefined ? undefined : options[stepped(current, step, options.length)];
    if (next) setAt(keyOf(next));
    else if (event.key === 'Enter' && entry) choose(entry);
    else if (event.key === 'k' && (event.ctrlKey || event.metaKey)) close();
    else return;
    event.preventDefault();
  };

  return (
    <>
      <div className={styles.head}>
        <Icon name="search" size={18} />
        <input
          className={styles.field}
          role="combobox"
          aria-expanded="true"
          aria-controls={id}
          aria-autocomplete="list"
          aria-activedescendant={current < 0 ? undefined : `${id}-${current}`}
          aria-label={palette.title}
          placeholder={palette.placeholder}
          autoComplete="off"
          spellCheck={false}
          enterKeyHint="go"
          value={query}
          onKeyDown={onKeyDown}
          onChange={(event) => {
            setQuery(event.target.value);
            setAt(null);
          }}
        />
        <IconButton icon="close" label={conversationList.close} onClick={close} />
      </div>
      <div ref={list} id={id} role="listbox" aria-label={palette.results} className={styles.list}>
        {groups.map((group) => (
          // biome-ignore lint/a11y/useSemanticElements: the ARIA guide's group of options; a fieldset is no part of a list.
          <div key={group.id} role="group" aria-label={palette.groups[group.id]}>
            <div className={styles.group} aria-hidden="true">
              {palette.groups[group.id]}
            </div>
            {group.entries.map((entry) => {
              const index = options.indexOf(entry);
              return (
                <OptionRow
                  key={keyOf(entry)}
                  id={`${id}-${index}`}
                  entry={entry}
                  current={index === current}
                  choose={() => choose(entry)}
                />
              );
            })}
          </div>
        ))}
      </div>
      {options.length === 0 && <p className={styles.none}>{palette.none}</p>}
      <div role="status">
        <Hidden>{query === '' ? '' : palette.count(options.length)}</Hidden>
      </div>
    </>
  );
}

const keyOf = ({ group, id }: Entry): string => `${group} ${id}`;

const STEPS: Record<string, number> = { ArrowDown: 1, ArrowUp: -1, PageDown: 6, PageUp: -6 };

/** One step goes around the ends; a page stops there. */
const stepped = (at: number, step: number, count: number): number =>
  Math.abs(step) === 1 ? (at + step + count) % count : Math.min(count - 1, Math.max(0, at + step));
