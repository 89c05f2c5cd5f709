import type { Value, ValueMap } from '../document/node.ts'

const eachPattern = '^(object|podSpec)(\\.[A-Za-z][A-Za-z0-9]*)*$'

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
      rules: {
        description:
          'What rendered manifests must keep to. An entry with no more than an id and a severity changes a rule of a lower layer, or a check of Sahaba.',
        type: 'array',
        items: rule,
      },
      waivers: {
        description: 'What is let pass, for which projects, why, for how long.',
        type: 'array',
        items: waiver,
      },
      kinds: {
        description:
          'Kinds of objects that targets with this layer may render besides the usual ones: ClusterRole.rbac.authorization.k8s.io.',
        type: 'array',
        items: {
          type: 'string',
          pattern: '^[A-Z][A-Za-z0-9]*(\\.[a-z0-9.-]+)?$',
          message: 'a kind is named with its group: ClusterRole.rbac.authorization.k8s.io',
        },
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

const ruleName = {
  pattern: '^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$',
  message: 'a rule is named in lower-case letters, digits and hyphens',
}
const names: ValueMap = {
  type: ['string', 'array'],
  items: { type: 'string', minLength: 1 },
  minLength: 1,
  minItems: 1,
}

const rule: ValueMap = {
  type: 'object',
  additionalProperties: false,
  required: ['id'],
  properties: {
    id: {
      description: 'What waivers and later layers call it.',
      type: 'string',
      ...ruleName,
    },
    description: { description: 'Why it is there, in a sentence.', type: 'string' },
    severity: {
      description: 'Whether it forbids to render, only warns, or is not judged at all.',
      enum: ['error', 'warning', 'none'],
    },
    match: {
      description: 'Which objects it is about; all parts must fit. Without it, all objects.',
      type: 'object',
      additionalProperties: false,
      properties: {
        kind: { description: 'Kinds: Deployment, or Rollout.argoproj.io.', ...names },
        labels: {
          description: 'Labels that the object must have; * stands for any letters.',
          type: 'object',
          additionalProperties: { type: 'string' },
        },
        environment: { description: 'Environments; * stands for any letters.', ...names },
        region: { description: 'Regions; * stands for any letters.', ...names },
        owner: { description: 'Teams; * stands for any letters.', ...names },
        project: { description: 'Projects; * stands for any letters.', ...names },
      },
    },
    each: {
      description:
        'What is judged one by one, as value: podSpec, podSpec.containers, object.spec.rules. Without it the object as a whole.',
      ...names,
      items: { type: 'string', pattern: eachPattern },
      pattern: eachPattern,
      message: 'each is a path from object or podSpec: podSpec.containers',
    },
    variables: {
      description: 'Names for parts of the expression.',
      type: 'object',
      propertyNames: {
        pattern: '^[a-z][A-Za-z0-9_]{0,62}$',
        message: 'a variable is named in camelCase',
      },
      additionalProperties: { type: 'string' },
    },
    expression: {
      description: 'A CEL expression that is true of what is right.',
      type: 'string',
      minLength: 1,
    },
    message: { description: 'What is said if it is false; may hold ${…}.', type: 'string' },
    messageExpression: {
      description: 'The same as one CEL expression.',
      type: 'string',
      minLength: 1,
    },
    help: { description: 'What to do about it.', type: 'string' },
    blame: {
      description:
        'Which field is answerable: a pointer from what is judged, /spec/replicas; may hold ${…}. Without it the whole of it.',
      type: 'string',
      pattern: '^(/.*)?$',
      message: 'blame is a pointer: /spec/replicas',
    },
  },
}

const waiver: ValueMap = {
  type: 'object',
  additionalProperties: false,
  required: ['rule', 'projects', 'reason', 'owner'],
  properties: {
    rule: { description: 'The rule, or the check of Sahaba, that is waived.', ...names },
    projects: { description: 'For which projects; * stands for any letters.', ...names },
    environments: { description: 'In which environments only.', ...names },
    regions: { description: 'In which regions only.', ...names },
    reason: { description: 'Why it may be so.', type: 'string', minLength: 1 },
    owner: { description: 'The team that answers for it.', type: 'string', minLength: 1 },
    until: {
      description: 'The last day on which it holds, in quotes: "2027-03-31".',
      type: 'string',
      format: 'date',
      message: 'a day is written "2027-03-31"',
    },
  },
}
