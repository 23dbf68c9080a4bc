import { Fragment, type KeyboardEvent, useLayoutEffect, useRef } from 'react';
import { Icon, type IconName } from './icon';
import styles from './menu.module.css';

export interface MenuItem {
  /** Also its key. */
  label: string;
  icon?: IconName;
  /** Said after the label, more quietly. */
  note?: string;
  tone?: 'danger';
  /** Left out where the pointer hovers: there it has a button of its own beside the menu. */
  elsewhere?: boolean;
  /** Choosing it does not close the menu: it leads to another in its place. */
  leadsOn?: boolean;
  run: () => void;
}

export interface MenuGroup {
  label?: string;
  items: readonly MenuItem[];
}

interface MenuProps {
  /** Where it hangs, and what gets the focus back. */
  anchor: HTMLElement;
  id: string;
  label: string;
  groups: readonly MenuGroup[];
  /** Stands in place of the items where there is none. */
  none?: string;
  close: () => void;
}

/** Pixels between the menu and its button, and the edge of the window. */
const GAP = 6;
const EDGE = 8;

/**
 * A menu of the ARIA guide: arrows go around, Home and End, the first letters of a name; Escape and Tab leave it. It lies
 * above everything (a popover), beside its button, or at the foot of a phone.
 */
export function Menu({ anchor, id, label, groups, none, close }: MenuProps) {
  const menu = useRef<HTMLDivElement>(null);
  const typed = useRef({ text: '', at: 0 });

  // Before the next key: it must find the focus inside.
  useLayoutEffect(() => {
    const element = menu.current;
    if (!element) return;
    const place = () => stand(element, anchor);
    element.showPopover();
    place();
    (itemsOf(element)[0] ?? element).focus({ preventScroll: true });
    window.addEventListener('scroll', place, true);
    window.addEventListener('resize', place);
    return () => {
      window.removeEventListener('scroll', place, true);
      window.removeEventListener('resize', place);
    };
  }, [anchor]);

  const leave = () => {
    close();
    anchor.focus({ preventScroll: true });
  };

  const onKeyDown = (event: KeyboardEvent) => {
    const { key, ctrlKey, metaKey, altKey } = event;
    if (!menu.current) return;
    const items = itemsOf(menu.current);
    const at = items.findIndex((item) => item.matches(':focus'));
    if (key === 'Tab') return leave();
    if (key === 'Escape') leave();
    else if (key in STEPS) items.at(STEPS[key]?.(at, items.length) ?? 0)?.focus();
    else if (key.length === 1 && key !== ' ' && !ctrlKey && !metaKey && !altKey) {
      typed.current = typedOn(typed.current, key, event.timeStamp);
      nextNamed(items, at, typed.current.text)?.focus();
    } else return;
    event.preventDefault();
  };

  return (
    <div
      ref={menu}
      id={id}
      className={styles.menu}
      role="menu"
      aria-label={label}
      tabIndex={-1}
      popover="auto"
      onKeyDown={onKeyDown}
      onToggle={({ newState }) => newState === 'closed' && close()}
    >
      {groups.map((group, index) => (
        <Fragment key={group.label ?? index}>
          {index > 0 && <hr className={styles.rule} />}
          {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is no part of a menu. */}
          <div role="group" aria-label={group.label}>
            {group.label && (
              <p className={styles.group} aria-hidden="true">
                {group.label}
              </p>
            )}
            {group.items.map(({ label, icon, note, tone, elsewhere, leadsOn, run }) => (
              <button
                key={label}
                type="button"
                role="menuitem"
                tabIndex={-1}
                className={styles.item}
                data-tone={tone}
                data-elsewhere={elsewhere || undefined}
                onClick={() => {
                  if (!leadsOn) leave();
                  run();
                }}
              >
                {icon && <Icon name={icon} size={17} />}
                <span className={styles.label}>{label}</span>
                {note && <span className={styles.note}>{note}</span>}
              </button>
            ))}
          </div>
        </Fragment>
      ))}
      {none !== undefined && groups.every(({ items }) => items.length === 0) && (
        <p className={styles.none}>{none}</p>
      )}
    </div>
  );
}

const itemsOf = (menu: HTMLElement): HTMLElement[] =>
  [...menu.querySelectorAll<HTMLElement>('[role=menuitem]')].filter((item) => item.checkVisibility());

const STEPS: Record<string, (at: number, count: number) => number> = {
  ArrowDown: (at, count) => (at + 1) % count,
  ArrowUp: (at) => (at < 0 ? -1 : at - 1),
  Home: () => 0,
  End: () => -1,
};

/** Letters that follow each other within this time, ms, are one name. */
const TYPING_MS = 600;

const typedOn = (known: { text: string; at: number }, key: string, now: number) => ({
  text: (now - known.at < TYPING_MS ? known.text : '') + key.toLowerCase(),
  at: now,
});

/** The next item after this one whose name begins so; while it is one letter, the item itself is not meant. */
function nextNamed(items: readonly HTMLElement[], at: number, text: string): HTMLElement | undefined {
  const from = text.length > 1 ? Math.max(at, 0) : at + 1;
  const around = [...items.slice(from), ...items.slice(0, from)];
  return around.find((item) => item.innerText.trim().toLowerCase().startsWith(text));
}

/** Below the button, or above it where there is more room; within the window. */
function stand(menu: HTMLElement, anchor: HTMLElement): void {
  const { top, bottom, left, right } = anchor.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = menu;
  const below = bottom + GAP;
  const isBelow = below + height <= innerHeight - EDGE || top < innerHeight - bottom;
  const isLeft = left + width <= innerWidth - EDGE;
  const within = (at: number, size: number, whole: number) =>
    Math.max(EDGE, Math.min(at, whole - size - EDGE));
  menu.style.setProperty('--x', `${within(isLeft ? left : right - width, width, innerWidth)}px`);
  menu.style.setProperty('--y', `${within(isBelow ? below : top - GAP - height, height, innerHeight)}px`);
}
