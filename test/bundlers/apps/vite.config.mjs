export default {
  build: { outDir: 'out/vite', rollupOptions: { output: { entryFileNames: 'app.mjs', chunkFileNames: '[name].mjs' } } },
  ssr: { noExternal: true },
};
