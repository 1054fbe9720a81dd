import type { RunRequest } from '../protocol';
import { answer } from './answer';

addEventListener(
  'message',
  ({ data }: MessageEvent<RunRequest>) => void answer(data, (message) => postMessage(message)),
);
