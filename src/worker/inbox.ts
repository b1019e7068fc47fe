/** Requests on their way to an answer: they wait their turn, are obeyed in order, and each is answered with a result or a failure. */
import type { Commands } from "./commands";
import type { CommandType, Generated, Request, Results, WorkerEvent } from "./protocol";
import type { Training } from "./training";
import { samplesOf, toWireError } from "./wire";

export interface InboxOptions {
  readonly post: (event: WorkerEvent, transfer?: Transferable[]) => void;
  readonly commands: Pick<Commands, "obey" | "settle" | "refuseUnconfigured">;
  readonly training: Training;
  /** A single step was asked for. */
  readonly onStepAsked: () => void;
}

/** Commands that can wait while a person has devices measured. */
const PATIENT: ReadonlySet<CommandType> = new Set<CommandType>([
  "generate",
  "study",
  "ping",
  "view",
  "snapshot",
  "look-back",
  "inside",
]);

export class Inbox {
  readonly #options: InboxOptions;
  readonly #queue: Request[] = [];

  constructor(options: InboxOptions) {
    this.#options = options;
  }

  /** Whether nobody waits. */
  get empty(): boolean {
    return this.#queue.length === 0;
  }

  /** Whether all that wait can go on waiting. */
  get patient(): boolean {
    return this.#queue.every(({ command }) => PATIENT.has(command.type));
  }

  take(request: Request): void {
    this.#queue.push(request);
  }

  /** Answers what has come, in order. */
  async answerAll(): Promise<void> {
    for (let request = this.#queue.shift(); request !== undefined; request = this.#queue.shift()) {
      await this.#answer(request);
    }
  }

  refuseAll(why: Error): void {
    for (const { id } of this.#queue.splice(0)) this.refuse(id, why);
  }

  refuse(id: number, error: unknown): void {
    this.#options.post({ type: "failure", id, error: toWireError(error) });
  }

  /** A single step is answered when it was taken (session.ts), all else here. */
  async #answer({ id, command }: Request): Promise<void> {
    const { post, commands, training, onStepAsked } = this.#options;
    if (command.type === "step") {
      training.pause();
      await commands.settle();
      training.attempt();
      try {
        commands.refuseUnconfigured();
        training.ask({ id, command });
      } catch (error) {
        this.refuse(id, error);
      }
      onStepAsked();
      return;
    }
    try {
      const value = await commands.obey(command);
      post({ type: "result", id, value }, isGenerated(value) ? samplesOf(value) : []);
    } catch (error) {
      this.refuse(id, error);
    }
  }
}

function isGenerated(value: Results[CommandType]): value is Generated {
  return value !== null && "arms" in value && value.arms.every((arm) => "samples" in arm);
}
