package dev.carillon.cluster;

/** Names of member attributes that more than {@link MemberTraits} reads. */
public final class Attributes {

  /** A {@link Role}. */
  public static final String ROLE = "role";

  /** The name of the node; a member that only looks at a cluster bears that of its node. */
  public static final String NAME = "name";

  private Attributes() {}
}
