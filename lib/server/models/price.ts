/** What a provider charges, in USD for a million tokens. */
export interface Price {
  input: number;
  output: number;
}

/** A price that somebody has published. */
export interface ListedPrice extends Price {
  source: string;
  /** The day it was looked up, `2026-11-25`. */
  asOf: string;
  /** Not read on the provider's own page: from someone else, or from memory. */
  isUnverified?: true;
}

/** Prices with one source and date. */
export const listed = (
  { source, asOf, isUnverified }: Omit<ListedPrice, keyof Price>,
  prices: Readonly<Record<string, Price>>,
): Record<string, ListedPrice> =>
  Object.fromEntries(
    Object.entries(prices).map(([model, price]) => [
      model,
      { ...price, source, asOf, ...(isUnverified && { isUnverified }) },
    ]),
  );
