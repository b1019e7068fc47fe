/** A hue for each class of points that were asked for by class. How alike two classes are says nothing: hues are evenly spread. */

/** CSS colours, one a class; of one lightness, dark enough for a light ground and light enough for a dark one. */
export function classColors(count: number): readonly string[] {
  return Array.from({ length: count }, (_, i) => `hsl(${Math.round((360 * i) / count)} 70% 48%)`);
}
