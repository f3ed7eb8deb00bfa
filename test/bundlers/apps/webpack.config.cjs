module.exports = {
  mode: 'production',
  target: 'node20',
  output: { path: `${__dirname}/out/webpack`, filename: 'app.cjs' },
  // Minifying takes most of the time, and esbuild's minifier shows the same.
  optimization: { minimize: false },
};
