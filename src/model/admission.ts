import type { ValueMap } from '../document/node.ts'
import type { Location } from '../source/source.ts'

/** What `policies/admission/` holds: admission policies that a cluster enforces as well. */
export interface Admission {
  readonly policies: readonly AdmissionPolicy[]
  /** The objects that bindings refer to. */
  readonly parameters: readonly Parameter[]
}

/** A ValidatingAdmissionPolicy with its bindings; its expressions are compiled later. */
export interface AdmissionPolicy {
  readonly name: string
  readonly at: Location
  /** Whether an expression that fails lets an object pass. */
  readonly lenient: boolean
  readonly paramKind: { readonly apiVersion: string; readonly kind: string } | undefined
  readonly constraints: MatchResources
  readonly conditions: readonly NamedText[]
  readonly variables: readonly NamedText[]
  readonly validations: readonly Validation[]
  readonly annotations: readonly NamedText[]
  readonly bindings: readonly Binding[]
}

/** A text of a policy, and where it stands. */
export interface PlacedText {
  readonly text: string
  readonly at: Location
}

export interface NamedText extends PlacedText {
  readonly name: string
}

export interface Validation {
  readonly expression: PlacedText
  readonly message: string | undefined
  readonly messageExpression: PlacedText | undefined
}

/** A ValidatingAdmissionPolicyBinding. */
export interface Binding {
  readonly name: string
  readonly at: Location
  readonly paramRef: ParamRef | undefined
  readonly resources: MatchResources
  /** Deny among its actions: else the cluster only warns, or takes a note. */
  readonly denies: boolean
}

export interface ParamRef {
  readonly at: Location
  readonly name: string | undefined
  readonly namespace: string | undefined
  readonly selector: LabelSelector | undefined
  readonly denyIfMissing: boolean
}

/** An object that a policy reads as `params`. */
export interface Parameter {
  readonly at: Location
  readonly apiVersion: string
  readonly kind: string
  readonly name: string
  readonly namespace: string | undefined
  readonly labels: ValueMap
  readonly value: ValueMap
}

/** Which objects a policy or a binding is about; what is not said fits everything. */
export interface MatchResources {
  readonly namespaceSelector?: LabelSelector
  readonly objectSelector?: LabelSelector
  readonly resourceRules?: readonly ResourceRule[]
  readonly excludeResourceRules?: readonly ResourceRule[]
  readonly matchPolicy?: 'Exact' | 'Equivalent'
}

export interface ResourceRule {
  readonly apiGroups: readonly string[]
  readonly apiVersions: readonly string[]
  readonly operations: readonly string[]
  readonly resources: readonly string[]
  readonly resourceNames?: readonly string[]
  readonly scope?: '*' | 'Cluster' | 'Namespaced'
}

export interface LabelSelector {
  readonly matchLabels?: Readonly<Record<string, string>>
  readonly matchExpressions?: readonly {
    readonly key: string
    readonly operator: 'In' | 'NotIn' | 'Exists' | 'DoesNotExist'
    readonly values?: readonly string[]
  }[]
}
