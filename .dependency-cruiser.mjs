/** Who may import whom. Types count too, except that a cycle is one only if it exists at run time. */
const nodeOnly = '(\\.node\\.ts$|/src/node(/|\\.ts$))'; // may import node: modules, and no other source may import it
const browserSource = { path: '^(packages/[^/]+|apps/(experiments|studio))/src/', pathNot: nodeOnly };

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    {
      name: 'no-cycle',
      comment: 'Two files that need each other are one idea, or there is a third.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'star',
      comment: 'A package knows itself and tensors. What a leaf needs of another leaf arrives as an argument.',
      severity: 'error',
      from: { path: '^packages/([^/]+)/' },
      to: { path: '^packages/', pathNot: '^packages/($1|tensors)/' },
    },
    {
      name: 'no-app-in-package',
      comment: 'Apps combine packages; no package imports an app or a benchmark, and only its tests use scripts.',
      severity: 'error',
      from: { path: '^packages/' },
      to: { path: '^(apps|benchmarks)/' },
    },
    {
      name: 'no-script-in-source',
      comment: 'Scripts are tools of the workspace and not published.',
      severity: 'error',
      from: { path: '^(packages|apps)/[^/]+/src/' },
      to: { path: '^scripts/' },
    },
    {
      name: 'apps-share-only-experiments',
      comment: 'Of the apps, only experiments is imported by others.',
      severity: 'error',
      from: { path: '^apps/([^/]+)/' },
      to: { path: '^(apps|benchmarks)/', pathNot: '^apps/($1|experiments)/' },
    },
    {
      name: 'page-or-worker',
      comment: 'A page and its worker know each other by the messages of protocol.ts alone.',
      severity: 'error',
      from: { path: '^apps/studio/src/(page|worker)/' },
      to: { path: '^apps/studio/src/(page|worker)/', pathNot: '^apps/studio/src/$1/' },
    },
    {
      name: 'no-node-in-browser',
      comment: 'A browser may load this file. Put what needs node: into *.node.ts or src/node/, exported as "./node".',
      severity: 'error',
      from: browserSource,
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'no-node-file-in-browser',
      comment: 'A browser may load this file, so it must not reach a Node-only one, not even by a dynamic import.',
      severity: 'error',
      from: browserSource,
      to: { path: nodeOnly },
    },
    {
      name: 'declared',
      comment: 'What the published source imports must stand in the dependencies of its package.json.',
      severity: 'error',
      from: { path: '^(packages|apps)/[^/]+/src/' },
      to: {
        dependencyTypes: ['npm-dev', 'npm-no-pkg'],
        dependencyTypesNot: ['npm-peer', 'type-only'],
      },
    },
    {
      name: 'resolvable',
      comment: 'This import leads nowhere.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|docs/site|\\.turbo)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    combinedDependencies: false,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['browser', 'import', 'default', 'types'], // as a bundler for the browser resolves
      mainFields: ['module', 'main', 'types'],
    },
  },
};
