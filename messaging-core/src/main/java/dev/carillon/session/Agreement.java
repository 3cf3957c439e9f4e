package dev.carillon.session;

import dev.carillon.protocol.SubscribeRequest;

/**
 * What client and server agreed on for one subscription (docs/PROTOCOL.md, "Subscribe").
 *
 * @param positioned the server checks that nothing is missing
 * @param recoverable the client may recover from its position later
 * @param joinLeave the client gets joins and leaves
 */
record Agreement(
    String channel,
    Namespace namespace,
    boolean positioned,
    boolean recoverable,
    boolean joinLeave) {

  /** Forced by the namespace, or asked for and allowed; access counts as if subscribed already. */
  static Agreement of(SubscribeRequest request, Namespace namespace, Permissions permissions) {
    NamespaceOptions options = namespace.options();
    boolean history = namespace.keepsHistory();
    boolean historyAccess = permissions.history(namespace, true);
    boolean presenceAccess = options.presence() && permissions.presence(namespace, true);
    boolean mayPosition = options.allowPositioning() || historyAccess;
    boolean mayRecover = options.allowRecovery() || historyAccess;
    boolean recoverable =
        history && (options.forceRecovery() || request.recoverable() && mayRecover);
    boolean positioned =
        history && (options.forcePositioning() || request.positioned() && mayPosition);
    return new Agreement(
        request.channel(),
        namespace,
        positioned || recoverable,
        recoverable,
        options.forcePushJoinLeave() || request.joinLeave() && presenceAccess);
  }
}
