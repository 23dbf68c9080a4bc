import { memo } from 'react';
import { useStrings } from '../use-strings';
import type { Note } from './cutting/references';
import { SafeLink } from './elements/safe-link';
import { noteId, noteUseId } from './footnote-marks';
import styles from './markdown.module.css';
import { Parsed } from './parsed';

interface NotesProps {
  notes: readonly Note[];
  turnId: string;
}

/** The footnotes of a reply, under it, each with the way back. */
export const Notes = memo(
  function Notes({ notes, turnId }: NotesProps) {
    const { markdown } = useStrings();
    if (notes.length === 0) return null;
    return (
      <section data-footnotes aria-labelledby={`${turnId}-notes`}>
        <h3 id={`${turnId}-notes`} className={styles.hidden}>
          {markdown.footnotes}
        </h3>
        <ol>
          {notes.map(({ label, text }) => (
            <li key={label} id={noteId(turnId, label)}>
              <Parsed text={text} definitions="" numbers="" turnId={turnId} />
              <SafeLink href={`#${noteUseId(turnId, label)}`} label={markdown.backToText}>
                ↩
              </SafeLink>
            </li>
          ))}
        </ol>
      </section>
    );
  },
  (one, other) =>
    one.turnId === other.turnId &&
    one.notes.length === other.notes.length &&
    one.notes.every((note, index) => note.text === other.notes[index]?.text),
);
