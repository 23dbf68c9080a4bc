declare module 'react-markdown-real' {
  export * from 'react-markdown';
  export { default } from 'react-markdown';
}
