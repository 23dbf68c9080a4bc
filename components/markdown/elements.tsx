import type { Components } from 'react-markdown';
import { codeOf, mathOf } from './code/code-of';
import { PreView } from './code/fence-view';
import { Heading } from './elements/heading';
import { RemoteImage } from './elements/remote-image';
import { SafeLink } from './elements/safe-link';
import { TableBox } from './elements/table-box';
import { TaskBox } from './elements/task-box';
import { MathText } from './math/math';

/** What each element of a reply becomes. One object for the life of the page: a new one would mount every node anew. */
export const elements: Components = {
  h1: ({ children }) => <Heading depth={1}>{children}</Heading>,
  h2: ({ children }) => <Heading depth={2}>{children}</Heading>,
  h3: ({ children }) => <Heading depth={3}>{children}</Heading>,
  h4: ({ children }) => <Heading depth={4}>{children}</Heading>,
  h5: ({ children }) => <Heading depth={5}>{children}</Heading>,
  h6: ({ children }) => <Heading depth={6}>{children}</Heading>,
  a: ({ href, children, id, className, ...rest }) => (
    <SafeLink href={href} id={id} label={rest['aria-label']}>
      {children}
    </SafeLink>
  ),
  input: ({ checked }) => <TaskBox done={checked === true} />,
  img: ({ src, alt }) => <RemoteImage src={typeof src === 'string' ? src : undefined} alt={alt} />,
  pre: ({ node }) => <PreView {...codeOf(node)} />,
  code: ({ node, children }) => {
    const math = mathOf(node);
    return math ? <MathText {...math} /> : <code>{children}</code>;
  },
  table: ({ children }) => <TableBox>{children}</TableBox>,
};
