/** Lengths of the page thread's tasks, from a Chromium trace. Reads the trace only; recording it is page.ts's. */
import * as v from "valibot";
import { quantile, type TaskFigures } from "./rows";

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

/**
 * Tasks of the busiest renderer's main thread: the page's, since Chromium keeps spare renderers.
 * @param trace the JSON of a trace with TRACE_CATEGORIES
 * @returns each task; none when the trace has none
 */
export function pageTasks(trace: string): readonly Task[] {
  const { traceEvents } = v.parse(TraceSchema, JSON.parse(trace));
  const mains = new Set<string>();
  const byThread = new Map<string, Map<string, Task[]>>();
  for (const raw of traceEvents) {
    const parsed = v.safeParse(EventSchema, raw);
    if (!parsed.success) continue;
    const { name, pid, tid, dur, tdur = dur, args } = parsed.output;
    const thread = `${pid}/${tid}`;
    if (name === "thread_name" && args?.name === "CrRendererMain") mains.add(thread);
    if (dur === undefined || tdur === undefined || !TASKS.has(name)) continue; // threads are sorted out at the end: their names may come last
    const kinds = byThread.get(thread) ?? new Map<string, Task[]>();
    byThread.set(thread, kinds);
    const tasks = kinds.get(name) ?? [];
    kinds.set(name, tasks);
    tasks.push({ ms: dur / 1000, cpuMs: tdur / 1000 });
  }
  let busiest: Task[] = [];
  let most = 0;
  for (const [thread, kinds] of byThread) {
    if (!mains.has(thread)) continue;
    for (const tasks of kinds.values()) {
      // one kind only: both categories may tell of the same task
      const total = tasks.reduce((sum, { ms }) => sum + ms, 0);
      if (total > most) [most, busiest] = [total, tasks];
    }
  }
  return busiest;
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
