/** Where this library is. The CommonJS build puts this file in the place of `optional-packages-location.ts`. */
export const OWN_LOCATION: string | undefined = __filename;
