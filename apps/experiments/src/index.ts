export { discover } from './discover/discover';
export type { DiscoverResult } from './discover/discover';
export type { OutputFiles } from './discover/files';
export { InputError } from './discover/input-error';
export { defaults as discoverDefaults } from './discover/options';
export type { DiscoverOptions, ModelOptions } from './discover/options';
export { discoverReport } from './discover/report';
export type { DiscoverReport, Estimate, ReportedMotif } from './discover/report';
export type { DataStore, ExperimentContext, ExperimentEvent, RunFacts } from './experiment';
