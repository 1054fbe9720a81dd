export { fileStore } from './file-store';
