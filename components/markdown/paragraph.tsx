import { Fragment, memo } from 'react';
import { mendTail } from './cutting/close-open-markup';
import type { Pieces } from './cutting/pieces';
import type { BlockReferences } from './cutting/references';
import { Parsed } from './parsed';

interface ParagraphProps extends BlockReferences {
  pieces: Pieces;
  turnId: string;
  growing: boolean;
}

/** A very long paragraph: its pieces side by side in one element. */
export function Paragraph({ pieces: { settled, open }, growing, ...rest }: ParagraphProps) {
  return (
    <p>
      {[...settled, open].map((piece, index) => (
        <Piece
          // biome-ignore lint/suspicious/noArrayIndexKey: a piece is its place; those before the last never change.
          key={index}
          text={piece}
          last={index === settled.length}
          growing={growing && index === settled.length}
          {...rest}
        />
      ))}
    </p>
  );
}

interface PieceProps extends BlockReferences {
  text: string;
  last: boolean;
  turnId: string;
  growing: boolean;
}

const Piece = memo(function Piece({ text, last, growing, ...rest }: PieceProps) {
  return (
    <Fragment>
      <Parsed inline text={growing ? mendTail(text) : text} {...rest} />
      {/* The parser drops the blank at the end of a paragraph. */}
      {!last && text.endsWith(' ') && ' '}
    </Fragment>
  );
});
