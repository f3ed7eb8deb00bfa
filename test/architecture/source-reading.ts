import { parsers } from 'prettier/plugins/babel';

/** One module that a source file names, in an `import`, an `export … from`, an `import()` or a type. */
export interface Import {
  readonly specifier: string;
  /** `type`: nothing of it is left at run time. `lazy`: loaded by `import()`. `eager`: loaded with the file. */
  readonly kind: 'eager' | 'lazy' | 'type';
  /** The values taken from it by name; `*` for all of it, `default` for its default. */
  readonly values: readonly string[];
}

/** What a source file has to do with the world outside it. */
export interface SourceReading {
  readonly imports: readonly Import[];
  /**
   * The names it uses as values, with one member: `process.env`, `Date.now`, `setTimeout`. A call with a literal shows
   * it, `process.on('exit')`, and a call of `Date` without arguments shows that: `new Date()`, `Date()`.
   * Scopes are not followed: a local variable named `process` counts as the global one.
   */
  readonly uses: ReadonlySet<string>;
  /** True when every statement passes on what another module exports. */
  readonly onlyReexports: boolean;
  /** True when `export * from` hides what is passed on. */
  readonly hasStarExport: boolean;
}

interface Node {
  readonly type: string;
  readonly [key: string]: unknown;
}

/** Reads one TypeScript source; throws where it does not parse. */
export async function readSource(text: string): Promise<SourceReading> {
  const tree = (await parsers['babel-ts'].parse(text, {} as never)) as { program: { body: Node[] } };
  const imports: Import[] = [];
  const uses = new Set<string>();
  for (const statement of tree.program.body) visit(statement, false, imports, uses);
  return {
    imports,
    uses,
    onlyReexports: tree.program.body.length > 0 && tree.program.body.every(isReexport),
    hasStarExport: tree.program.body.some(statement => statement.type === 'ExportAllDeclaration'),
  };
}

function visit(node: Node, insideType: boolean, imports: Import[], uses: Set<string>): void {
  const found = toImport(node);
  if (found !== undefined) imports.push(found);
  if (node.type === 'ImportDeclaration' || (node.type === 'ExportNamedDeclaration' && isNode(node['source']))) return;

  const isType = insideType || isTypeSyntax(node);
  const use = isType ? undefined : toUse(node);
  if (use !== undefined) uses.add(use);

  for (const [key, value] of Object.entries(node)) {
    if (isName(node, key) || (use !== undefined && (key === 'callee' || key === 'object'))) continue;
    for (const child of Array.isArray(value) ? value : [value]) if (isNode(child)) visit(child, isType, imports, uses);
  }
}

function toImport(node: Node): Import | undefined {
  switch (node.type) {
    case 'ImportDeclaration':
    case 'ExportNamedDeclaration':
    case 'ExportAllDeclaration':
      return isNode(node['source']) ? toStaticImport(node) : undefined;
    case 'ImportExpression':
    case 'TSImportType':
      return { specifier: textOf(node['source']), kind: node.type === 'TSImportType' ? 'type' : 'lazy', values: ['*'] };
    case 'TSExternalModuleReference':
      return { specifier: textOf(node['expression']), kind: 'eager', values: ['*'] };
    case 'CallExpression':
      return isNamed(node['callee'], 'require') && firstArgument(node)?.type === 'StringLiteral'
        ? { specifier: textOf(firstArgument(node)), kind: 'eager', values: ['*'] }
        : undefined;
  }
  return undefined;
}

function toStaticImport(node: Node): Import {
  const isTypeOnly = node['importKind'] === 'type' || node['exportKind'] === 'type';
  const specifiers = (node['specifiers'] ?? [{ type: 'ImportNamespaceSpecifier' }]) as Node[];
  const values = specifiers
    .filter(specifier => specifier['importKind'] !== 'type' && specifier['exportKind'] !== 'type')
    .map(takenName);
  // `import './x.ts'` takes no name and runs the module; `import { type T } from` loads it too, under verbatimModuleSyntax.
  return { specifier: textOf(node['source']), kind: isTypeOnly ? 'type' : 'eager', values: isTypeOnly ? [] : values };
}

/** The name by which the other module knows what is taken from it. */
function takenName(specifier: Node): string {
  if (specifier.type === 'ImportNamespaceSpecifier') return '*';
  if (specifier.type === 'ImportDefaultSpecifier') return 'default';
  const name = (specifier['imported'] ?? specifier['local']) as Node;
  return String(name['name'] ?? name['value']);
}

function toUse(node: Node): string | undefined {
  switch (node.type) {
    case 'Identifier':
      return String(node['name']);
    case 'MemberExpression':
    case 'OptionalMemberExpression':
      return memberText(node);
    case 'NewExpression':
      return isNamed(node['callee'], 'Date') && firstArgument(node) === undefined ? 'new Date()' : undefined;
    case 'CallExpression':
      return callText(node);
  }
  return undefined;
}

function callText(node: Node): string | undefined {
  const argument = firstArgument(node);
  if (isNamed(node['callee'], 'Date') && argument === undefined) return 'Date()';
  const callee = memberText(node['callee'] as Node);
  if (callee === undefined || argument?.type !== 'StringLiteral') return undefined;
  return `${callee}('${textOf(argument)}')`;
}

function memberText(node: Node): string | undefined {
  const object = node['object'];
  const property = node['property'];
  if (!isNode(object) || object.type !== 'Identifier' || !isNode(property)) return undefined;
  if (node['computed'] !== true) return `${String(object['name'])}.${String(property['name'])}`;
  return property.type === 'StringLiteral' ? `${String(object['name'])}.${textOf(property)}` : undefined;
}

/** True for a child that is a name and not a use of it: a member, a key, a label. */
function isName(node: Node, key: string): boolean {
  if (key === 'label') return true;
  return (key === 'property' || key === 'key') && node['computed'] !== true;
}

const VALUES_IN_TYPE_SYNTAX = ['TSAsExpression', 'TSSatisfiesExpression', 'TSNonNullExpression', 'TSTypeAssertion'];

function isTypeSyntax(node: Node): boolean {
  return node.type.startsWith('TS') && !VALUES_IN_TYPE_SYNTAX.includes(node.type);
}

function isReexport(statement: Node): boolean {
  return statement.type.startsWith('Export') && isNode(statement['source']);
}

function firstArgument(node: Node): Node | undefined {
  return (node['arguments'] as Node[])[0];
}

function isNamed(node: unknown, name: string): boolean {
  return isNode(node) && node.type === 'Identifier' && node['name'] === name;
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && typeof (value as Node).type === 'string';
}

/** An `import()` of a computed name is shown as such, so that no row of the table allows it. */
function textOf(node: unknown): string {
  return isNode(node) && typeof node['value'] === 'string' ? node['value'] : '<computed>';
}
