export const startName = (spreadMs: number): string =>
  spreadMs === 0 ? 'started all at once' : `starts spread over ${spreadMs / 1000} s`;
