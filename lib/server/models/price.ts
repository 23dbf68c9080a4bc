/** What a provider charges, in USD for a million tokens. */
export interface Price {
  input: number;
  output: number;
}
