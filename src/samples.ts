/** The samples of the standalone page: a report each, the one of the year before with it where there is one. */
import city2023 from '../demo/samples/city-2023.json';
import city2024 from '../demo/samples/city-2024.json';
import large from '../demo/samples/large.json';
import wrong from '../demo/samples/wrong.json';
import zero from '../demo/samples/zero.json';

export interface Sample {
  readonly report: object;
  readonly previous?: object;
}

export const samples: Readonly<Record<'zero' | 'large' | 'wrong' | 'city', Sample>> = {
  zero: { report: zero },
  large: { report: large },
  wrong: { report: wrong },
  city: { report: city2024, previous: city2023 },
};
