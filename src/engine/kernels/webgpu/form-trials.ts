/**
 * Forms of products timed on the very device: the estimate of product-form.ts ranks them, the few best are tried. What is found counts for
 * programs that are written from then on, never for one that runs: the order of a run's sums does not change on its way. When to try and
 * where results are kept is others' business.
 */
import type { Product } from "./product";
import { doubledOf, type ProductForm, rankForms } from "./product-form";
import { productPlan } from "./product-plan";
import { PipelineCache } from "./program";
import { timePlan } from "./time-plan";

/** Forms found by the products' keys: plain data, to be kept. */
export type FoundForms = Readonly<Record<string, ProductForm>>;

/** Forms of a product that are tried. */
const TRIED = 4;
/** Another form than the estimate's must be faster by this share: timing is rough. */
const MARGIN = 0.05;
/** Of one device, milliseconds for all trials. */
const BUDGET_MS = 200;

export class FormTrials {
  readonly #device: GPUDevice;
  readonly #cache: PipelineCache;
  readonly #found = new Map<string, ProductForm>();
  readonly #wanted = new Map<string, Product>();
  #spent = 0;
  #isGone = false;

  constructor(device: GPUDevice) {
    this.#device = device;
    void device.lost.then(() => {
      this.#isGone = true;
    });
    this.#cache = new PipelineCache(device);
  }

  /** The form that was found for a product; else undefined, and its forms will be tried. */
  formOf(product: Product): ProductForm | undefined {
    const key = keyOf(product);
    const found = this.#found.get(key);
    if (found === undefined) this.#wanted.set(key, product);
    const forms = candidates(product).flatMap((form) => [form, this.#doubled(form)]);
    return found && forms.find((form) => JSON.stringify(form) === JSON.stringify(found));
  }

  #doubled(form: ProductForm): ProductForm | undefined {
    return doubledOf(form, this.#device.limits.maxComputeWorkgroupStorageSize);
  }

  /** All that is known, also from earlier visits. */
  get found(): FoundForms {
    return Object.fromEntries(this.#found);
  }

  /** Takes over what was found in earlier visits. A form that there is no more is not used. */
  recall(found: FoundForms): void {
    for (const [key, form] of Object.entries(found)) this.#found.set(key, form);
  }

  /** Whether forms are waiting to be tried and time is left. */
  get isDue(): boolean {
    return this.#wanted.size > 0 && this.#spent < BUDGET_MS && !this.#isGone;
  }

  /** Tries the forms of the largest product that is waiting. Nothing else should use the device meanwhile. Never throws. */
  async next(): Promise<void> {
    const [largest] = [...this.#wanted].sort(([, a], [, b]) => operations(b) - operations(a));
    if (largest === undefined || !this.isDue) return;
    const [key, product] = largest;
    this.#wanted.delete(key);
    const [estimated, ...others] = candidates(product);
    if (estimated === undefined) return;
    let best = { form: estimated, ms: Number.POSITIVE_INFINITY };
    const attempt = async (form: ProductForm | undefined) => {
      if (form === undefined || this.#spent >= BUDGET_MS) return;
      const { ms, spent } = await timePlan(this.#device, this.#cache, productPlan(product, form), floatsOf(product));
      this.#spent += spent;
      if (ms === null) return; // the device refused it
      if (ms < best.ms * (form === estimated ? 1 : 1 - MARGIN)) best = { form, ms };
    };
    for (const form of [estimated, ...others]) await attempt(form);
    await attempt(this.#doubled(best.form));
    if (!this.#isGone) this.#found.set(key, best.form); // a lost device does everything at once
  }
}

const operations = ({ m, n, k, batch }: Product): number => batch * m * n * k;

/** The forms worth trying, the estimate's first. On graphics cards only. */
const candidates = (product: Product): ProductForm[] => rankForms(product, { software: false }).slice(0, TRIED);

/** At most as many floats as an operand's implicit matrix has; beyond, loads are clamped, which costs as much. */
const MOST_FLOATS = 2 ** 22;

const floatsOf = ({ m, n, k, batch, size }: Product): readonly number[] => [
  Math.min(MOST_FLOATS, batch * m * k),
  Math.min(MOST_FLOATS, batch * k * n),
  size,
];

/** Products with equal keys are computed by equal programs. */
function keyOf({ m, n, k, batch, a, b, place }: Product): string {
  const quote = { one: (index: string) => `[${index}]`, four: (index: string) => `[[${index}]]` };
  const texts = [a.width, a.body(quote), b.width, b.body(quote), place].join();
  return `${batch}x${m}x${n}x${k}-${hashOf(texts)}`;
}

/** FNV-1a, 32 bits. */
function hashOf(text: string): string {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return (hash >>> 0).toString(16);
}
