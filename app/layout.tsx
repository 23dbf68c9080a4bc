import type { Metadata, Viewport } from 'next';
import type { ReactNode } from 'react';
import { stringsFor } from '@/lib/chat/strings';
import { unstyledText } from '@/lib/chat/strings/unstyled';
import './globals.css';
import { servesRemoteImages } from '@/lib/server/remote-images/serves-remote-images';
import { requestChoices } from './request-choices';

export async function generateMetadata(): Promise<Metadata> {
  const { app } = stringsFor((await requestChoices()).language);
  return { title: app.name, description: app.description, applicationName: app.name };
}

/** `--sunken` in both themes, for the browser's own bars. */
const SUNKEN = { light: '#f5f3ee', dark: '#15120f' };

export async function generateViewport(): Promise<Viewport> {
  const { theme } = await requestChoices();
  return {
    width: 'device-width',
    initialScale: 1,
    viewportFit: 'cover',
    interactiveWidget: 'resizes-content',
    themeColor:
      theme === 'system'
        ? [
            { media: '(prefers-color-scheme: light)', color: SUNKEN.light },
            { media: '(prefers-color-scheme: dark)', color: SUNKEN.dark },
          ]
        : SUNKEN[theme],
  };
}

/**
 * The first response has the language and the theme, so that nothing flashes, and tells the buttons in replies
 * whether this server fetches remote images.
 */
export default async function Layout({ children }: { children: ReactNode }) {
  const { language, theme } = await requestChoices();
  const remoteImages = await servesRemoteImages();
  return (
    <html lang={language} data-theme={theme} data-remote-images={remoteImages ? 'on' : undefined}>
      <body>
        {/* Hidden by the style sheet: it is seen where a proxy serves the page under a path that the build does not know. */}
        <p className="unstyled">{unstyledText(language)}</p>
        {children}
      </body>
    </html>
  );
}
