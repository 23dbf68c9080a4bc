/** The address of an uploaded image. */
export const imageUrl = (id: string): string => `/api/images/${encodeURIComponent(id)}`;
