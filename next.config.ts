import type { NextConfig } from 'next';

const config: NextConfig = {
  // `next dev` would otherwise write a file of its own into the repository.
  agentRules: false,
  poweredByHeader: false,
  reactStrictMode: true,
  // Type errors are `npm run check:types`' business; checking twice would double the build time.
  typescript: { ignoreBuildErrors: true },
};

export default config;
