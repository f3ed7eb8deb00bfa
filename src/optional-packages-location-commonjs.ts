/** Where this library is. The build puts this file in the place of `optional-packages-location.ts`. */
export const OWN_LOCATION: string | undefined = typeof __filename === 'undefined' ? undefined : __filename;
