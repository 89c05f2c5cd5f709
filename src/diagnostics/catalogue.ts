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
  secret: 'a password, token or private key in clear text',
  // the model
  'missing-file': 'a file that must exist does not',
  'misplaced-file': 'a file that nothing reads, or whose name cannot be right',
  'bad-name': 'a name that cannot become part of object names',
  'unknown-field': 'a field that there is not, or that is somebody else’s to set',
  'missing-field': 'a field that must be set is not',
  'wrong-type': 'a number where text is needed, and the like',
  'bad-quantity': 'a text that Kubernetes does not take for a quantity',
  'invalid-value': 'a value that the schema does not allow',
  limit: 'a value beyond what a policy allows',
  'bad-schema': 'a schema or limits that are no JSON Schema',
  'bad-crd': 'a file of schemas/crds/ that defines no custom resource',
  'unknown-name': 'an environment, region, cluster or team that there is not',
  'foreign-owner': 'a project that names a team which may not own it',
  'duplicate-cluster': 'two clusters for one region and environment',
  'no-cluster': 'a region of a project that no cluster serves',
  'bad-layer': 'a line of layers that cannot choose a folder',
  'missing-layer': 'a layer that there is not, such as a misspelt runtime',
  'unused-layer': 'a folder of policies that no line of layers chooses',
  pending: 'a target that the pipeline has not released yet',
  'lost-release': 'a running target whose pipeline data is gone',
  // templates
  'bad-template': 'a template that is no map, or empty',
  'merge-key': 'an item of a keyed list without its key, or twice',
  'matches-nothing': 'a patch for a manifest or item that no lower layer has',
  'patch-not-allowed': 'a patch of a project for what is not its own to patch',
  'template-directive': 'a misused $if, $each, $from or $patch',
  expression: 'an expression that is wrong, or fails for a target',
  'duplicate-object': 'two manifests of one target that are the same object',
  'duplicate-item': 'two rendered items of one name in a list',
  // rules
  'bad-rule': 'a rule that is none, or that cannot be judged',
  rule: 'a rendered manifest that a rule of the platform team does not allow',
  'expired-waiver': 'a waiver whose last day is over',
  'unused-waiver': 'a waiver that lets nothing pass',
  'bad-admission-policy':
    'a manifest in policies/admission/ that is wrong, or cannot be judged here',
  admission: 'a rendered object that an admission policy of the cluster would refuse',
  // what is rendered
  'api-version': 'an object of an API that its cluster does not serve',
  'manifest-field': 'a field that the cluster does not know',
  'manifest-value': 'a value that the API server would refuse',
  'forbidden-kind': 'an object of a kind that the layers of its target do not allow',
  'unsafe-manifest':
    'a manifest that reaches beyond its own pod: privileged, host paths, and the like',
  'reserved-key': 'a label or annotation that steers whoever applies the manifests',
  'foreign-namespace': 'an object in a namespace that is not its owner’s',
} as const

export type DiagnosticId = keyof typeof catalogue
