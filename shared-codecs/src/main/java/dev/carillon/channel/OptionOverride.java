package dev.carillon.channel;

import org.jspecify.annotations.Nullable;

/**
 * What a token, or the server, says about options of the namespace for one subscription: each takes
 * the place of the namespace's own; null leaves that as it is.
 */
public record OptionOverride(
    @Nullable Boolean presence,
    @Nullable Boolean joinLeave,
    @Nullable Boolean forcePushJoinLeave,
    @Nullable Boolean forcePositioning,
    @Nullable Boolean forceRecovery) {

  /** Everything stays as the namespace has it. */
  public static final OptionOverride NONE = new OptionOverride(null, null, null, null, null);
}
