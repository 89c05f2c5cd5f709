import type { ValueMap } from '../document/node.ts'

/** What Windows takes for a device, whatever follows a dot behind it; so no file can be called that. */
const device = '(?:con|prn|aux|nul|com[1-9]|lpt[1-9])'

/**
 * A name that becomes part of a path and of object names: an RFC 1123 label that begins with a
 * letter, and no device of Windows.
 */
export const namePattern = `^(?!${device}$)[a-z]([-a-z0-9]{0,61}[a-z0-9])?$`

/** The name of a file that becomes one in `out/`: lower-case, and no device of Windows. */
export const fileNamePattern = `^(?!${device}\\.)[a-z0-9][a-z0-9._-]*\\.yaml$`

/** What is to be done about a name that is none. */
export const nameHelp =
  'use lower-case letters, digits and hyphens, beginning with a letter, at most 63; not con, nul and the like, which are devices'

const name = {
  pattern: namePattern,
  message: 'a name is a lower-case label: letters, digits, hyphens; and no device such as con',
}
const amount = { type: ['string', 'number'], format: 'quantity', formatMinimum: '0' }
const description = { description: 'What it is, in a sentence for people.', type: 'string' }
/** What a cluster holds or a team may request. */
const resources = {
  type: 'object',
  additionalProperties: false,
  properties: {
    cpu: { description: 'Cores: 96 or 500m.', ...amount },
    memory: { description: 'Bytes: 384Gi.', ...amount },
    pods: { description: 'How many pods.', ...amount },
  },
}
const texts = { type: 'array', items: { type: 'string' } }

/** What code hosts know people by: @user, @organisation/team, @group/subgroup, or an address. */
const handle = {
  type: 'string',
  maxLength: 255,
  pattern: '^(?:@[A-Za-z0-9][A-Za-z0-9_./-]*|[A-Za-z0-9_.+-]+@[A-Za-z0-9.-]+)$',
  message: 'a reviewer is written as @user, @organisation/team or an e-mail address',
}

/** The kinds of the objects that others name. */
export const externalKinds: readonly string[] = [
  ...['ConfigMap', 'Secret', 'ServiceAccount', 'PersistentVolumeClaim', 'Service', 'Role'],
  ...['Deployment', 'StatefulSet', 'ReplicaSet', 'Rollout'],
]

const external = {
  description:
    'What is there though nothing here renders it, as kind and name: [Secret/registry-*]. References to it do not dangle.',
  type: 'array',
  items: {
    type: 'string',
    pattern: `^(?:${externalKinds.join('|')})/[a-z0-9*][a-z0-9.*-]*$`,
    message: `an object is written as kind and name, Secret/registry-*, of one of the kinds ${externalKinds.join(', ')}`,
  },
}

/** What policies/fleet.yaml may say. */
export const fleetSchema: ValueMap = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'The fleet',
  description: 'What exists: environments, regions, clusters, teams; and the layers, lowest first.',
  type: 'object',
  additionalProperties: false,
  required: ['version', 'environments', 'regions', 'clusters', 'layers'],
  properties: {
    version: { description: 'The version of this format.', const: 1 },
    environments: {
      description: 'The environments, such as test and prod.',
      type: 'object',
      minProperties: 1,
      propertyNames: name,
      additionalProperties: {
        type: ['object', 'null'],
        additionalProperties: false,
        properties: {
          description,
          protected: {
            description: 'Changes here carry a higher risk in the review.',
            type: 'boolean',
          },
        },
      },
    },
    regions: {
      description: 'The regions, such as data centres.',
      type: 'object',
      minProperties: 1,
      propertyNames: name,
      additionalProperties: {
        type: ['object', 'null'],
        additionalProperties: false,
        properties: { description },
      },
    },
    clusters: {
      description: 'The clusters; one serves one region and environment.',
      type: 'object',
      minProperties: 1,
      propertyNames: name,
      additionalProperties: {
        type: 'object',
        additionalProperties: false,
        required: ['region', 'environment', 'kubernetes'],
        properties: {
          description,
          region: { description: 'The region it stands in.', type: 'string' },
          environment: { description: 'The environment it serves there.', type: 'string' },
          kubernetes: {
            description: 'The minor version its API server runs, in quotes: "1.31".',
            type: 'string',
            pattern: '^1\\.[0-9]{1,2}$',
            message: 'a version is two numbers in quotes: "1.31"',
          },
          capacity: {
            description: 'What its nodes can hold together.',
            ...resources,
          },
          external,
        },
      },
    },
    external,
    layers: {
      description:
        'Folders under policies/, lowest first. ${user.…} and ${target.…} may stand in a path; one that ends in ? may be missing.',
      type: 'array',
      minItems: 1,
      uniqueItems: true,
      items: { type: 'string', minLength: 1 },
    },
    mergeKeys: {
      description:
        'For custom resources: kind and group, then the lists whose items merge by key: Rollout.argoproj.io: {/spec/template/spec/containers: [name]}.',
      type: 'object',
      propertyNames: {
        pattern: '^[A-Za-z0-9]+\\.[a-z0-9.-]+$',
        message: 'a custom resource is named by kind and group: Rollout.argoproj.io',
      },
      additionalProperties: {
        type: 'object',
        propertyNames: { pattern: '^/', message: 'a list is named by a pointer: /spec/items' },
        additionalProperties: { ...texts, minItems: 1 },
      },
    },
    platform: {
      description: 'The team that answers for policies, schemas and how changes are checked.',
      type: 'string',
    },
    teams: {
      description: 'The owners of projects.',
      type: 'object',
      propertyNames: name,
      additionalProperties: {
        type: ['object', 'null'],
        additionalProperties: false,
        properties: {
          description,
          groups: { description: 'Groups of the directory or code host.', ...texts },
          contacts: { description: 'Where to reach it.', ...texts },
          reviewers: {
            description:
              'Who of it approves changes, as the code host knows them: ["@example/trade"]; for CODEOWNERS.',
            type: 'array',
            uniqueItems: true,
            items: handle,
          },
          projects: {
            description:
              'The projects it may own; * stands for any letters. Where one team states its own, all must.',
            ...texts,
          },
          namespaces: {
            description: 'The namespaces that belong to it: no other team’s projects may use them.',
            ...texts,
          },
          quota: {
            description:
              'For an environment, what its targets may request together in each of its clusters.',
            type: 'object',
            additionalProperties: resources,
          },
        },
      },
    },
  },
}
