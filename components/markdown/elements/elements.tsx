import type { ReactNode } from 'react';
import type { Components } from 'react-markdown';
import { PreView } from '../code/fence-view';
import { readCode, readMath, textOf } from '../code/read-code';
import { MathText } from '../math/math-text';
import { Heading } from './heading';
import { RemoteImage } from './remote-image';
import { SafeLink } from './safe-link';
import { TableBox } from './table-box';
import { tableDirection } from './table-direction';
import { TaskBox } from './task-box';

/**
 * As a list even if it is one text: React replaces the text node when a second child joins it, and a selection in it would
 * be lost.
 */
const asList = (children: ReactNode): ReactNode => (Array.isArray(children) ? children : [children]);

/** The component for each element. A single constant object: with a new one React would mount every node again. */
export const elements: Components = {
  p: ({ children }) => <p>{asList(children)}</p>,
  strong: ({ children }) => <strong>{asList(children)}</strong>,
  em: ({ children }) => <em>{asList(children)}</em>,
  del: ({ children }) => <del>{asList(children)}</del>,
  h1: ({ children }) => <Heading depth={1}>{children}</Heading>,
  h2: ({ children }) => <Heading depth={2}>{children}</Heading>,
  h3: ({ children }) => <Heading depth={3}>{children}</Heading>,
  h4: ({ children }) => <Heading depth={4}>{children}</Heading>,
  h5: ({ children }) => <Heading depth={5}>{children}</Heading>,
  h6: ({ children }) => <Heading depth={6}>{children}</Heading>,
  a: ({ href, children, id, className, node, ...rest }) => (
    <SafeLink href={href} id={id} label={rest['aria-label']} text={textOf(node)}>
      {children}
    </SafeLink>
  ),
  input: ({ checked }) => <TaskBox isDone={checked === true} />,
  img: ({ src, alt }) => <RemoteImage src={typeof src === 'string' ? src : undefined} alt={alt} />,
  pre: ({ node }) => <PreView {...readCode(node)} />,
  code: ({ node, children }) => {
    const math = readMath(node);
    return math ? <MathText {...math} /> : <code>{children}</code>;
  },
  table: ({ node, children }) => <TableBox dir={tableDirection(node)}>{children}</TableBox>,
};
