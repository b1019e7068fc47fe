/** Ways through latent space: pins, a walk, a plane, truncation, arithmetic. */
import type { Look } from "../draw-samples";
import { ArithmeticPart } from "./ArithmeticPart";
import { Pins } from "./Pins";
import { PlanePart } from "./PlanePart";
import { TruncationPart } from "./TruncationPart";
import { WalkPart } from "./WalkPart";

export function ExploreTab({ look }: { readonly look: Look }) {
  return (
    <div className="space-parts">
      <Pins look={look} />
      <WalkPart look={look} />
      <PlanePart look={look} />
      <TruncationPart look={look} />
      <ArithmeticPart look={look} />
    </div>
  );
}
