/** The id of the element in which a turn stands. */
export const placeId = (turnId: string): string => `turn-${turnId}`;
