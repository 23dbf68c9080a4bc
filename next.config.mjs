/** @type {import('next').NextConfig} */
const config = {
  poweredByHeader: false,
  reactStrictMode: true,
  agentRules: false,
  // `next start` refuses a standalone build, so the container image asks for it by name.
  output: process.env.BUILD_STANDALONE === '1' ? 'standalone' : undefined,
  // A lock file in a folder above is none of ours: without these two Next would take that folder for the project's.
  outputFileTracingRoot: import.meta.dirname,
  turbopack: { root: import.meta.dirname },
  // A build judges the product; the tests have their own type check (`npm run typecheck`).
  typescript: { tsconfigPath: 'tsconfig.build.json' },
  // Drivers with native or dynamic requires stay outside the bundle.
  serverExternalPackages: ['ioredis'],
};

export default config;
