/** ESLint rule: an exported name carries a docstring. Names that are only passed on (`export { x } from`) have theirs at home. */
export const documentedExports = {
  meta: { type: 'suggestion', schema: [] },
  create: ({ sourceCode, report }) => ({
    'ExportNamedDeclaration[declaration]'(node) {
      const name = nameOf(node.declaration);
      const isOverload = exportedBefore(node) === name;
      if (!isOverload && !isDocumented(sourceCode, node))
        report({ node, message: `Say in a sentence what ${name} is.` });
    },
  }),
};

function isDocumented(sourceCode, node) {
  return sourceCode.getCommentsBefore(node).some(({ type, value }) => type === 'Block' && value.startsWith('*'));
}

function nameOf(declaration) {
  return (declaration.id ?? declaration.declarations[0].id).name;
}

/** The name exported by the statement before this one: overloads of a function share one docstring. */
function exportedBefore(node) {
  const statements = node.parent.body;
  const before = statements[statements.indexOf(node) - 1];
  return before?.declaration && nameOf(before.declaration);
}
