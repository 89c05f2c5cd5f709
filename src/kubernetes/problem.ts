/** What the API server would refuse in an object, or warn of. */
export interface Problem {
  /** JSON pointer to the field at fault; where something is missing, to what should hold it. */
  readonly pointer: string
  /**
   * An API that the cluster does not serve, a field that it does not know, a value that it does not
   * take.
   */
  readonly kind: 'api' | 'field' | 'value'
  /** Lower case, without a full stop, in our words. */
  readonly message: string
  /** What type is needed, where it is the type that is wrong: "text". */
  readonly needed?: string
  /** Whether another version of Kubernetes takes it. */
  readonly ofVersion?: true
  readonly help?: string
  /** The other party of the quarrel, in the same object. */
  readonly others?: readonly { readonly pointer: string; readonly message: string }[]
}
