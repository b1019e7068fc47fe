/** Tasks of the browser's threads, the page's above all, from a Chromium trace. Reads the trace only; recording it is page.ts's. */
import * as v from "valibot";
import { type CoreFigures, quantile, type TaskFigures } from "./rows";

/** Every task of a thread, whoever asked for it. */
export const TRACE_CATEGORIES = ["toplevel", "disabled-by-default-devtools.timeline"];
const TASKS = new Set(["RunTask", "ThreadControllerImpl::RunTask"]);

const EventSchema = v.object({
  name: v.string(),
  pid: v.number(),
  tid: v.number(),
  dur: v.exactOptional(v.number()), // microseconds
  tdur: v.exactOptional(v.number()), // likewise, of the processor
  args: v.exactOptional(v.record(v.string(), v.unknown())),
});
const TraceSchema = v.object({ traceEvents: v.array(v.unknown()) });

export interface Task {
  /** From its start to its end. */
  readonly ms: number;
  /** Of that, on the processor: less where other programs, or training itself, held it. */
  readonly cpuMs: number;
}

/** A thread of the browser and its tasks. */
export interface TracedThread {
  /** Chromium's name of it; empty where it has none. */
  readonly name: string;
  readonly tasks: readonly Task[];
}

/** @param trace the JSON of a trace with TRACE_CATEGORIES */
export function tracedThreads(trace: string): readonly TracedThread[] {
  const { traceEvents } = v.parse(TraceSchema, JSON.parse(trace));
  const names = new Map<string, string>();
  const byThread = new Map<string, Map<string, Task[]>>();
  for (const raw of traceEvents) {
    const parsed = v.safeParse(EventSchema, raw);
    if (!parsed.success) continue;
    const { name, pid, tid, dur, tdur = dur, args } = parsed.output;
    const thread = `${pid}/${tid}`;
    if (name === "thread_name") names.set(thread, String(args?.name ?? ""));
    if (dur === undefined || tdur === undefined || !TASKS.has(name)) continue; // threads get their names at the end: those may come last
    const kinds = byThread.get(thread) ?? new Map<string, Task[]>();
    byThread.set(thread, kinds);
    const tasks = kinds.get(name) ?? [];
    kinds.set(name, tasks);
    tasks.push({ ms: dur / 1000, cpuMs: tdur / 1000 });
  }
  return [...byThread].map(([thread, kinds]) => ({
    name: names.get(thread) ?? "",
    tasks: [...kinds.values()].reduce((most, tasks) => (total(tasks) > total(most) ? tasks : most)), // both categories may tell of the same task
  }));
}

const total = (tasks: readonly Task[], of: (task: Task) => number = ({ ms }) => ms) =>
  tasks.reduce((sum, task) => sum + of(task), 0);

const PAGE_THREAD = "CrRendererMain";
const WORKER_THREAD = /^DedicatedWorker/;

/** Tasks of the busiest renderer's main thread: the page's, since Chromium keeps spare renderers. None when the trace has none. */
export function pageTasks(threads: readonly TracedThread[]): readonly Task[] {
  const mains = threads.filter(({ name }) => name === PAGE_THREAD).map(({ tasks }) => tasks);
  return mains.reduce((most, tasks) => (total(tasks) > total(most) ? tasks : most), []);
}

/** What the browser's threads took of the processor over so many seconds, in cores: workers', the page's, and all others, which draw. */
export function coresOf(threads: readonly TracedThread[], seconds: number): CoreFigures {
  const cores = (belongs: (name: string) => boolean) =>
    threads
      .filter(({ name }) => belongs(name))
      .reduce((sum, { tasks }) => sum + total(tasks, ({ cpuMs }) => cpuMs), 0) /
    (1000 * seconds);
  const isWorker = (name: string) => WORKER_THREAD.test(name);
  return {
    workerCores: cores(isWorker),
    pageCores: cores((name) => name === PAGE_THREAD),
    otherCores: cores((name) => name !== PAGE_THREAD && !isWorker(name)),
  };
}

const LONG_TASK_MS = 50; // the W3C's definition
/** Timers that find nothing to do are left out of percentiles. */
const SMALLEST_TASK_MS = 1;

/** What a row says of tasks; nothing where there were none. */
export function taskFigures(tasks: readonly Task[]): TaskFigures {
  if (tasks.length === 0) {
    return { longestTaskMs: null, longestTaskCpuMs: null, taskMs95: null, taskCpuMs95: null, longTasks: null };
  }
  const busy = tasks.filter(({ ms }) => ms >= SMALLEST_TASK_MS);
  const high = (of: (task: Task) => number) => (busy.length === 0 ? null : quantile(busy.map(of), 0.95));
  return {
    longestTaskMs: Math.max(...tasks.map(({ ms }) => ms)),
    longestTaskCpuMs: Math.max(...tasks.map(({ cpuMs }) => cpuMs)),
    taskMs95: high(({ ms }) => ms),
    taskCpuMs95: high(({ cpuMs }) => cpuMs),
    longTasks: tasks.filter(({ ms }) => ms >= LONG_TASK_MS).length,
  };
}
