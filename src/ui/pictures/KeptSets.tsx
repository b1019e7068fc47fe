/** The picture sets that this browser keeps: to be used again, or removed. */
import { useOwnPictures, useOwnPicturesActions } from "../../client/pictures/use-own-pictures";
import { datasetOf } from "../../core/datasets";
import type { OwnPicturesId } from "../../core/datasets/own/pictures";

export function KeptSets({ onUse }: { readonly onUse: (id: OwnPicturesId) => void }) {
  const kept = useOwnPictures((state) => state.kept);
  const { remove } = useOwnPicturesActions();
  if (kept.length === 0) return null;
  return (
    <section className="pictures-kept" aria-label="Kept sets">
      <h3>Kept in this browser</h3>
      <ul>
        {kept.map(({ id, name, bytes, thumbnail }) => (
          <li key={id}>
            <img src={thumbnail} alt="" width={44} height={44} />
            <span>
              <strong>{name}</strong>
              <br />
              {words(id)}, {(bytes / 1e6).toFixed(1)} MB
            </span>
            <button type="button" aria-label={`Use ${name}`} onClick={() => onUse(id)}>
              Use
            </button>
            <button type="button" aria-label={`Remove ${name}`} onClick={() => void remove(id)}>
              Remove
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

function words(id: OwnPicturesId): string {
  const dataset = datasetOf(id);
  if (dataset.kind !== "images") return "";
  const [side, , channels] = dataset.shape;
  return `${dataset.trainCount.toLocaleString("en")} pictures, ${side} × ${side}, ${channels === 1 ? "grey" : "colour"}`;
}
