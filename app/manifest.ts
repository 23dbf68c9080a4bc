import type { MetadataRoute } from 'next';
import { withBasePath } from '@/lib/chat/site-path';
import { stringsFor } from '@/lib/chat/strings';
import { requestChoices } from './request-choices';

/** `--sunken` in the light theme: the background behind the icon while the page loads. */
const BACKGROUND = '#f5f3ee';

/** Lets a phone or a desktop install the page as an app, in the reader's language. */
export default async function manifest(): Promise<MetadataRoute.Manifest> {
  const { language } = await requestChoices();
  const { app } = stringsFor(language);
  return {
    id: withBasePath('/'),
    name: app.name,
    short_name: app.name,
    description: app.description,
    lang: language,
    start_url: withBasePath('/'),
    scope: withBasePath('/'),
    display: 'standalone',
    background_color: BACKGROUND,
    theme_color: BACKGROUND,
    icons: [
      { src: withBasePath('/icons/192.png'), sizes: '192x192', type: 'image/png' },
      { src: withBasePath('/icons/512.png'), sizes: '512x512', type: 'image/png' },
      { src: withBasePath('/icons/maskable.png'), sizes: '512x512', type: 'image/png', purpose: 'maskable' },
    ],
  };
}
