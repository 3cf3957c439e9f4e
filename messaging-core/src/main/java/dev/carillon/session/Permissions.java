package dev.carillon.session;

import java.util.Arrays;

/**
 * Who may do what in a channel, by namespace (docs/PROTOCOL.md, "Permissions"). Every right of
 * clients and subscribers needs a user, unless it is given to anonymous clients too.
 *
 * @param user empty when anonymous
 * @param insecure whether everything that a channel offers is allowed
 */
record Permissions(String user, boolean insecure) {

  static final char PRIVATE = '$';
  static final char USERS = '#';

  /** Whether only a token lets a client in. */
  static boolean isPrivate(String channel) {
    return !channel.isEmpty() && channel.charAt(0) == PRIVATE;
  }

  /** Without a token: by the users in the name, if the namespace has that, else by its options. */
  boolean subscribe(Namespace namespace, String channel) {
    if (isPrivate(channel)) {
      return false;
    }
    NamespaceOptions options = namespace.options();
    boolean allowed =
        options.allowUserLimitedChannels() && channel.indexOf(USERS) >= 0
            ? isNamedIn(channel)
            : options.allowSubscribeForClient()
                && (hasUser() || options.allowSubscribeForAnonymous());
    return allowed || insecure;
  }

  boolean publish(Namespace namespace, boolean subscribed) {
    NamespaceOptions options = namespace.options();
    boolean asked =
        options.allowPublishForClient() || options.allowPublishForSubscriber() && subscribed;
    return asked && (hasUser() || options.allowPublishForAnonymous()) || insecure;
  }

  boolean history(Namespace namespace, boolean subscribed) {
    NamespaceOptions options = namespace.options();
    boolean asked =
        options.allowHistoryForClient() || options.allowHistoryForSubscriber() && subscribed;
    return asked && (hasUser() || options.allowHistoryForAnonymous()) || insecure;
  }

  boolean presence(Namespace namespace, boolean subscribed) {
    NamespaceOptions options = namespace.options();
    boolean asked =
        options.allowPresenceForClient() || options.allowPresenceForSubscriber() && subscribed;
    return asked && (hasUser() || options.allowPresenceForAnonymous()) || insecure;
  }

  private boolean isNamedIn(String channel) {
    String users = channel.substring(channel.lastIndexOf(USERS) + 1);
    return hasUser() && Arrays.asList(users.split(",", -1)).contains(user);
  }

  private boolean hasUser() {
    return !user.isEmpty();
  }
}
