import type { MetadataRoute } from 'next';
import { stringsFor } from '@/lib/chat/strings';
import { requestChoices } from './request-choices';

/** `--sunken` of the light theme: what stands behind the icon while the page loads. */
const GROUND = '#f5f3ee';

/** What a phone or a desktop needs to install the page as an app, in the reader's language. */
export default async function manifest(): Promise<MetadataRoute.Manifest> {
  const { language } = await requestChoices();
  const { app } = stringsFor(language);
  return {
    id: '/',
    name: app.name,
    short_name: app.name,
    description: app.description,
    lang: language,
    start_url: '/',
    scope: '/',
    display: 'standalone',
    background_color: GROUND,
    theme_color: GROUND,
    icons: [
      { src: '/icons/192.png', sizes: '192x192', type: 'image/png' },
      { src: '/icons/512.png', sizes: '512x512', type: 'image/png' },
      { src: '/icons/maskable.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
    ],
  };
}
