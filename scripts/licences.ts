import { createViteLicensePlugin } from 'rollup-license-plugin';

/** Licences that a product under MIT may carry along; anything else fails the build. */
const allowed = [
  'MIT',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'ISC',
  '0BSD',
  'BlueOak-1.0.0',
  'Unlicense',
  'CC0-1.0',
];

/** Writes `licences.json` into a bundle: name, version, licence and its text of every package that is inside. */
export const licences = () =>
  createViteLicensePlugin({
    outputFilename: 'licences.json',
    // Of several that apply together, each one has to be allowed.
    unacceptableLicenseTest: (licence: string) =>
      !allowed.includes(licence) && !licence.split(' AND ').every((part) => allowed.includes(part)),
  });
