/**
 * Every diagnostic there is, with what it says in a few words. Ids are stable: people write them
 * into scripts. `docs/diagnostics.md` shows each with a failing and a cured example.
 */
export const catalogue = {
  // reading
  'unreadable-file': 'a path is no regular file, is too large, or is not UTF-8',
  'forbidden-character': 'a control, bidirectional or byte-order character in the text',
  'merge-conflict': 'a merge conflict marker',
  'yaml-syntax': 'the text is not YAML',
  'yaml-feature': 'YAML that Sahaba does not read: tags, merge keys, directives, several documents',
  'yaml-limit': 'too deep, too many keys, too many aliases',
  'duplicate-key': 'a key stands twice in one map',
  'forbidden-key': 'a key that reaches into JavaScript: __proto__, constructor, prototype',
  'ambiguous-scalar': 'a plain scalar that YAML readers understand differently',
} as const

export type DiagnosticId = keyof typeof catalogue
