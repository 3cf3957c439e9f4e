package dev.carillon.session;

import dev.carillon.config.Option;

/**
 * The channel that every user is subscribed to by connecting: the keys below {@code
 * client.subscribe_to_user_personal_channel}.
 */
public record PersonalChannelOptions(
    @Option(
            value = "false",
            doc = "Subscribe every client with a user to the personal channel of that user.",
            why = "Most programs name their channels themselves.")
        boolean enabled,
    @Option(
            doc = "Namespace of the personal channels; empty: without_namespace.",
            why = "One namespace less to configure.")
        String personalChannelNamespace,
    @Option(
            value = "false",
            doc = "Close the user's other connections, to whichever node, with 3504.",
            why = "Most people have more than one tab.")
        boolean singleConnection) {

  /** The channel of this user. */
  String channel(String user) {
    return personalChannelNamespace.isEmpty()
        ? Permissions.USERS + user
        : personalChannelNamespace + ':' + Permissions.USERS + user;
  }
}
