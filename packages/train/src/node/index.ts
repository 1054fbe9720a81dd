export { syncFolder, writeDurably } from './durable';
export { fileStore } from './file-store';
export { terminalProgress } from './terminal-progress';
export type { TerminalProgress } from './terminal-progress';
