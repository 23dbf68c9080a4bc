/** Where an image of this guest is. */
export const imageUrl = (id: string): string => `/api/images/${encodeURIComponent(id)}`;
