import type { Observation } from './observe';
import type { RunRecord } from './recording';

/** A span of time, or a name for a row of them; times in microseconds. */
export interface ChromeTraceEvent {
  readonly name: string;
  /** X: a span. M: the name of a process or thread. */
  readonly ph: 'X' | 'M';
  readonly pid: number;
  readonly tid: number;
  readonly ts: number;
  readonly dur?: number;
  readonly cat?: string;
  readonly args?: Readonly<Record<string, unknown>>;
}

/** The JSON object of Chrome's trace-event format; Perfetto and chrome://tracing open it. */
export interface ChromeTrace {
  readonly traceEvents: readonly ChromeTraceEvent[];
  readonly displayTimeUnit: 'ms';
}

interface Row {
  readonly pid: number;
  readonly tid: number;
}

const host: Row = { pid: 1, tid: 1 };
const device: Row = { pid: 2, tid: 1 };
const shaders = 3;

/** One call on the host and on the device, and beside it the shaders that the first call compiled. */
export function chromeTrace(first: Observation, call: Observation): ChromeTrace {
  const labels = [...new Set(call.runs.map((run) => run.device))].join(', ');
  return {
    displayTimeUnit: 'ms',
    traceEvents: [
      named('process_name', host, 'Host'),
      named('process_name', device, labels),
      span('call', host, 0, call.end - call.start),
      ...call.runs.flatMap((run) => runEvents(run, call.start)),
      ...compileEvents(first),
    ],
  };
}

function runEvents(run: RunRecord, origin: number): ChromeTraceEvent[] {
  const start = run.start - origin;
  const hasHost = run.encodeMs > 0;
  return [
    ...(hasHost ? [span('encode and submit', host, start, run.submitted - run.start)] : []),
    ...run.parts.map(({ name, start: from, ms, flop, bytes, workgroups }) =>
      span(name, device, start + from, ms, { flop, bytes, workgroups: workgroups?.join(' × ') }),
    ),
  ];
}

/** Shaders compile side by side: each takes the first row that is free. */
function compileEvents({ pipelines, start }: Observation): ChromeTraceEvent[] {
  if (pipelines.length === 0) return [];
  const until: number[] = [];
  const events = [...pipelines]
    .sort((a, b) => a.start - b.start)
    .map((pipeline) => {
      const free = until.findIndex((end) => end <= pipeline.start);
      const row = free < 0 ? until.length : free;
      until[row] = pipeline.start + pipeline.ms;
      return span(pipeline.name, { pid: shaders, tid: row + 1 }, pipeline.start - start, pipeline.ms);
    });
  return [named('process_name', { pid: shaders, tid: 1 }, 'Shaders compiled in the first call'), ...events];
}

const named = (name: string, row: Row, value: string): ChromeTraceEvent => ({
  name,
  ph: 'M',
  ...row,
  ts: 0,
  args: { name: value },
});

const span = (
  name: string,
  row: Row,
  startMs: number,
  ms: number,
  args?: Record<string, unknown>,
): ChromeTraceEvent => ({
  name,
  cat: row === device ? 'device' : 'host',
  ph: 'X',
  ...row,
  ts: Math.max(startMs, 0) * 1000,
  dur: Math.max(ms, 0) * 1000,
  ...(args && { args }),
});
