/** What an entry point is where Node.js is not: a module with the same names that says so when one of them is used. */
export function stubOf(entry, names, library, format) {
  const from = entry.replace(/^\./, 'azure-monitor-bridge');
  const lines = [
    `const refuse = name => { throw new Error(name + ' of ${from} works on Node.js alone, and this code was loaded for a browser or an edge runtime. Load it only where Node.js runs it.'); };`,
    'const callable = name => function () { refuse(name); };',
    // Who looks whether it is a promise or a module must not be refused.
    "const readable = name => new Proxy({}, { get: (_, key) => typeof key === 'symbol' || key === 'then' ? undefined : refuse(name) });",
    ...names.map(
      name => `${format === 'esm' ? `export const ${name}` : `exports.${name}`} = ${valueOf(name, library[name])};`,
    ),
  ];
  // What is imported for its effect is used by that.
  if (names.length === 0) lines.push(`refuse('The effect');`);
  return `${lines.join('\n')}\n`;
}

function valueOf(name, value) {
  if (value === undefined || typeof value === 'function') return `callable('${name}')`;
  return typeof value === 'object' ? `readable('${name}')` : JSON.stringify(value);
}
