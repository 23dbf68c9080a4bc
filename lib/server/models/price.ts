/** What a provider charges, in USD for a million tokens. */
export interface Price {
  input: number;
  output: number;
}

/** A published price. */
export interface ListedPrice extends Price {
  source: string;
  /** The day on which it was looked up: `2026-11-25`. */
  asOf: string;
  /** It was not taken from the provider's own page. */
  isUnverified?: true;
}

/** Prices that share a source and a date. */
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
