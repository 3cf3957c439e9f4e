package dev.carillon.session;

import dev.carillon.channel.OptionOverride;
import dev.carillon.channel.Publication;
import dev.carillon.protocol.SentPublication;
import dev.carillon.protocol.SubscribeRequest;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What client and server agreed on for one subscription (docs/PROTOCOL.md, "Subscribe").
 *
 * @param origin who wanted it
 * @param presence the client is shown among those who are present
 * @param announced others are told when the client comes and goes
 * @param positioned the server checks that nothing is missing
 * @param recoverable the client may recover from its position later
 * @param joinLeave the client gets joins and leaves
 * @param delta payloads may be sent as patches
 * @param wanted which publications the client gets; null: all
 */
record Agreement(
    String channel,
    Namespace namespace,
    Origin origin,
    boolean presence,
    boolean announced,
    boolean positioned,
    boolean recoverable,
    boolean joinLeave,
    boolean delta,
    @Nullable Predicate<Publication> wanted) {

  /** Who wanted a subscription. */
  enum Origin {
    CLIENT,
    /** A connection token: the subscription lasts as long as the next token names it too. */
    TOKEN,
    /** The server, or the client in its connect. */
    SERVER;

    boolean isServerSide() {
      return this != CLIENT;
    }
  }

  /** Forced by the namespace, or asked for and allowed; access counts as if subscribed already. */
  static Agreement ofClient(
      SubscribeRequest request,
      Namespace namespace,
      OptionOverride override,
      Permissions permissions,
      @Nullable Predicate<Publication> wanted) {
    NamespaceOptions options = namespace.options();
    boolean history = permissions.history(namespace, true);
    return of(
        request,
        namespace,
        override,
        new Wish(
            request.channel(),
            Origin.CLIENT,
            request.positioned() && (options.allowPositioning() || history),
            request.recoverable() && (options.allowRecovery() || history),
            request.joinLeave() && permissions.presence(namespace, true),
            wanted));
  }

  /** What the namespace forces; of the client's request only the delta counts. */
  static Agreement ofServer(
      String channel,
      Origin origin,
      SubscribeRequest request,
      Namespace namespace,
      OptionOverride override) {
    return of(request, namespace, override, new Wish(channel, origin, false, false, false, null));
  }

  /** What is asked for and allowed. */
  private record Wish(
      String channel,
      Origin origin,
      boolean positioned,
      boolean recoverable,
      boolean joinLeave,
      @Nullable Predicate<Publication> wanted) {}

  /** A position needs a stream, and a delta a position: it tells what the client has already. */
  private static Agreement of(
      SubscribeRequest request, Namespace namespace, OptionOverride override, Wish wish) {
    NamespaceOptions options = namespace.options();
    boolean history = namespace.keepsHistory();
    boolean recoverable =
        history
            && (either(override.forceRecovery(), options.forceRecovery()) || wish.recoverable());
    boolean positioned =
        history
            && (either(override.forcePositioning(), options.forcePositioning())
                || wish.positioned()
                || recoverable);
    return new Agreement(
        wish.channel(),
        namespace,
        wish.origin(),
        either(override.presence(), options.presence()),
        either(override.joinLeave(), options.joinLeave()),
        positioned,
        recoverable,
        either(override.forcePushJoinLeave(), options.forcePushJoinLeave()) || wish.joinLeave(),
        positioned && options.allowedDeltaTypes().contains(request.delta()),
        wish.wanted());
  }

  private static boolean either(@Nullable Boolean override, boolean own) {
    return override == null ? own : override;
  }

  /** Whether this publication is one that the client gets. */
  boolean wants(Publication publication) {
    return wanted == null || wanted.test(publication);
  }

  /** Whether this publication may be sent as a patch to who can take one. */
  boolean patches(Publication publication) {
    return publication.delta() || namespace.options().deltaPublish();
  }

  /** Publications that are recovered, in the form that the client gets them in. */
  List<SentPublication> sent(List<Publication> recovered) {
    return delta ? SentPublication.chain(recovered) : SentPublication.plain(recovered);
  }

  /** Whether recovery brings the newest publication alone. */
  boolean cache() {
    return namespace.options().forceRecoveryMode() == RecoveryMode.CACHE;
  }

  /** Whether to recover, as the client asks or because the namespace does it for everybody. */
  boolean recovers(SubscribeRequest request) {
    return recoverable && (request.recover() || namespace.options().autoCacheRecover() && cache());
  }
}
