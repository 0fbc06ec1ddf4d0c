/** What differs between two reports of the same format, place by place. Data, no sentence; decides nothing. */
import type { Report } from './report.ts';
import { isIncidental, meansSame, placesOf, type PlaceWith } from './report-places.ts';

export type Difference = PlaceWith<'here' | 'there'>;

/**
 * Every place where two reports do not mean the same, in the order of the form, what only the second has last; undefined
 * where they are of different formats and cannot be compared.
 */
export function reportDifferences(here: Report, there: Report): Difference[] | undefined {
  if (here.version !== there.version) return undefined;
  const ours = placesOf(here);
  const theirs = placesOf(there);
  const differences: Difference[] = [];
  for (const [key, place] of new Map([...ours, ...theirs])) {
    const { value: _value, ...bare } = place;
    const sides = { here: ours.get(key)?.value, there: theirs.get(key)?.value };
    if (isIncidental(place, here) || meansSame(place.kind, sides.here, sides.there)) continue;
    differences.push({ ...bare, ...sides } as Difference);
  }
  return differences;
}
