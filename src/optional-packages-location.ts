/**
 * Where this library is, as a file or a file URL; unknown when a bundler put it into a CommonJS file.
 *
 * `import.meta` exists in ES modules only, so this file has a twin for the CommonJS build.
 */
export const OWN_LOCATION: string | undefined = import.meta.url;
