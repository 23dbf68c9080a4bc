import { Fragment, memo } from 'react';
import { closeOpenMarkup } from './cutting/close-open-markup';
import type { Pieces } from './cutting/pieces';
import type { BlockReferences } from './cutting/reference-collector';
import { ParsedMarkdown } from './parsed-markdown';

interface ParagraphProps extends BlockReferences {
  pieces: Pieces;
  turnId: string;
  growing: boolean;
}

/** A very long paragraph: its pieces, one after another in one element. */
export function Paragraph({ pieces: { settled, open }, growing, ...rest }: ParagraphProps) {
  return (
    <p>
      {[...settled, open].map((piece, index) => (
        <Piece
          // biome-ignore lint/suspicious/noArrayIndexKey: pieces are only ever added or changed at the end.
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
      <ParsedMarkdown inline text={growing ? closeOpenMarkup(text) : text} {...rest} />
      {/* The parser drops the space at the end of a paragraph. */}
      {!last && text.endsWith(' ') && ' '}
    </Fragment>
  );
});
