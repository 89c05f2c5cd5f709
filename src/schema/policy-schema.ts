import type { Value, ValueMap } from '../document/node.ts'

/** What the policy.yaml of a layer may say; `fields` are the user fields it may give defaults for. */
export function policySchema(fields: Value): ValueMap {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'The policy of a layer',
    type: ['object', 'null'],
    additionalProperties: false,
    properties: {
      description: { description: 'Why this layer exists, in a sentence.', type: 'string' },
      defaults: {
        description: 'User data a developer may override.',
        ...(fields as ValueMap),
      },
      values: {
        description:
          'What templates read as policy.*; later layers win, developers cannot touch it.',
        type: 'object',
      },
      limits: {
        description:
          'A JSON Schema over the effective user data. A subschema may carry a message and severity: warning.',
        type: ['object', 'boolean'],
      },
      variables: {
        description: 'Names for expressions that several manifests need.',
        type: 'object',
        propertyNames: {
          pattern: '^[a-z][A-Za-z0-9_]{0,62}$',
          message: 'a variable is named in camelCase',
        },
        additionalProperties: { type: 'string' },
      },
      allowPatches: {
        description:
          'What a project may patch: manifest files, each with pointers to its parts; * is any one part: {deployment.yaml: [/spec/template/spec/hostAliases]}.',
        type: 'object',
        additionalProperties: { type: 'array', items: { type: 'string' } },
      },
    },
  }
}
