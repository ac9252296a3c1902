/** The arrows of ARCHITECTURE.md, enforced. */
const forbid = (name, from, to, comment) => ({ name, severity: 'error', comment, from: { path: from }, to: { path: to } });

module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'domain-is-pure',
      severity: 'error',
      comment: 'the domain imports nothing; its tests import their tools',
      from: { path: '^server/domain', pathNot: 'test\\.ts$' },
      to: { path: '^(server/(?!domain)|app|components|cli|pictures|node_modules)|^node:' },
    },
    forbid(
      'domain-tests-stay-inside',
      '^server/domain',
      '^(server/(?!domain)|app|components|cli)',
      'the domain imports nothing',
    ),
    forbid(
      'telemetry-knows-domain',
      '^server/telemetry',
      '^(server/(?!domain|telemetry)|app|components|cli)',
      'telemetry -> domain',
    ),
    forbid(
      'experiments-never-adapters',
      '^server/experiments',
      '^(server/(adapters|api|main|env)|app|components|cli)',
      'use cases reach the outside through ports',
    ),
    forbid('api-never-adapters', '^server/api', '^(server/(adapters|main|env)|app|components|cli)', 'api -> experiments'),
    forbid(
      'adapters-fulfil-ports',
      '^server/adapters',
      '^(server/(experiments|api|telemetry|main|env)|app|components|cli)',
      'adapters -> domain',
    ),
    {
      name: 'components-by-type-only',
      severity: 'error',
      comment: 'the browser knows the server by types alone',
      from: { path: '^components' },
      to: { path: '^server', dependencyTypesNot: ['type-only'] },
    },
    forbid('components-know-api', '^components', '^(server/(?!api)|cli|app)', 'components -> server/api'),
    {
      name: 'pictures-are-pure',
      severity: 'error',
      comment: 'data in, SVG out: drawn in the browser and in reports alike',
      from: { path: '^pictures', pathNot: 'test\\.ts$' },
      to: { path: '^(server|app|components|cli|node_modules)|^node:' },
    },
    forbid(
      'reports-write-pictures',
      '^server/reports',
      '^(server/(?!domain|reports)|app|components|cli)',
      'reports -> domain, pictures',
    ),
    forbid('app-composes', '^app', '^(server|cli)', 'app -> components'),
    forbid('cli-arrows', '^cli', '^(server/(api|main|telemetry)|app|components)', 'cli -> experiments, adapters, env'),
    {
      name: 'dockerode-has-one-owner',
      severity: 'error',
      from: { pathNot: '^(server/adapters/docker|e2e)' },
      to: { path: 'node_modules/(@types/)?dockerode' },
    },
    {
      name: 'child-processes-have-one-owner',
      severity: 'error',
      from: {
        path: '^(server|app|components|cli)',
        pathNot: '^server/adapters/(compose|host/own-cpus)|test\\.ts$|^(cli/lab|server/panel)-process\\.ts$',
      },
      to: { path: '^(node:)?child_process$|node_modules/execa' },
    },
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(\\.next|var)' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'require', 'node', 'default', 'types'] },
  },
};
