/* The application, with its instrumentation loaded first as `node --import` would do it. */
await import('./instrumentation.mjs');
await import('./app.mjs');
