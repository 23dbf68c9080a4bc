import { dirname } from 'node:path';

/** Built in `.cache/whole-text-page`, so the packages that it shares with the product are two folders up. */
const root = dirname(dirname(import.meta.dirname));

/** @type {import('next').NextConfig} */
export default {
  poweredByHeader: false,
  agentRules: false,
  outputFileTracingRoot: root,
  turbopack: { root },
};
