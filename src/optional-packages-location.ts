/**
 * Where this library is, as a file or a file URL; unknown when a bundler put it into an ES module.
 *
 * `import.meta` exists in ES modules only, so this file has a twin for the build, which makes CommonJS.
 */
export const OWN_LOCATION: string | undefined = import.meta.url;
