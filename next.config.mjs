import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { basePathOf } from './scripts/support/base-path.mjs';

// Nothing is sent to the makers of the framework, whatever starts a build or a server.
process.env.NEXT_TELEMETRY_DISABLED ??= '1';

const security = JSON.parse(
  readFileSync(join(import.meta.dirname, 'lib/server/http/security-headers.json'), 'utf8'),
);
const basePath = basePathOf(process.env);
const listOf = (headers) => Object.entries(headers).map(([key, value]) => ({ key, value }));

/** @type {import('next').NextConfig} */
const config = {
  poweredByHeader: false,
  reactStrictMode: true,
  agentRules: false,
  basePath,
  // For `lib/chat/base-path.ts`. Next puts the value in its place, on the server and in the browser.
  env: { BUILT_BASE_PATH: basePath },
  // `next start` refuses a standalone build, so the container image asks for it by name.
  output: process.env.BUILD_STANDALONE === '1' ? 'standalone' : undefined,
  // A lock file in a folder above is none of ours: without these two Next would take that folder for the project's.
  outputFileTracingRoot: import.meta.dirname,
  // The build may take sources for files that a route might read. A pattern also matches in the middle of a path:
  // `lib/**` would leave out parts of Next itself.
  outputFileTracingExcludes: { '/**': ['lib/server/**'] },
  turbopack: { root: import.meta.dirname },
  // `npm run build` checks the types before Next compiles (`scripts/support/build.mjs`): at the same time, both together
  // need more memory than a machine of 2 GB has.
  typescript: { tsconfigPath: 'tsconfig.build.json', ignoreBuildErrors: true },
  // Drivers with native or dynamic requires stay outside the bundle.
  serverExternalPackages: ['ioredis'],
  // There is no picture to optimise: `/_next/image` would only be an open service of ours.
  images: { unoptimized: true },
  headers: async () => [
    { source: '/:path*', headers: listOf(security.everywhere) },
    {
      source: '/:path*',
      // The front server drops this header unless a proxy of ours sets it.
      has: [{ type: 'header', key: 'x-forwarded-proto', value: 'https' }],
      headers: listOf(security.https),
    },
    // The front page is for search engines, nothing else is.
    { source: '/:path+', headers: [{ key: 'X-Robots-Tag', value: 'noindex' }] },
    // The API has a stricter policy, and images one of their own.
    { source: '/((?!api/).*)', headers: listOf(security.page) },
  ],
};

export default config;
