import { Fragment, memo } from 'react';
import { closeOpenMarkup } from './cutting/close-open-markup';
import type { Pieces } from './cutting/pieces';
import type { BlockReferences } from './cutting/reference-collector';
import { ParsedMarkdown } from './parsed-markdown';

interface ParagraphProps extends BlockReferences {
  pieces: Pieces;
  turnId: string;
  isGrowing: boolean;
}

/** A very long paragraph: its pieces, one after another in one element. */
export function Paragraph({ pieces: { settled, open }, isGrowing, ...rest }: ParagraphProps) {
  return (
    <p>
      {[...settled, open].map((piece, index) => (
        <Piece
          // biome-ignore lint/suspicious/noArrayIndexKey: pieces are only ever added or changed at the end.
          key={index}
          text={piece}
          isLast={index === settled.length}
          isGrowing={isGrowing && index === settled.length}
          {...rest}
        />
      ))}
    </p>
  );
}

interface PieceProps extends BlockReferences {
  text: string;
  isLast: boolean;
  turnId: string;
  isGrowing: boolean;
}

const Piece = memo(function Piece({ text, isLast, isGrowing, ...rest }: PieceProps) {
  return (
    <Fragment>
      <ParsedMarkdown isInline text={isGrowing ? closeOpenMarkup(text) : text} {...rest} />
      {/* The parser drops the space at the end of a paragraph. */}
      {!isLast && text.endsWith(' ') && ' '}
    </Fragment>
  );
});
